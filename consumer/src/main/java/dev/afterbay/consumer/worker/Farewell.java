package dev.afterbay.consumer.worker;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.kinesis.coordinator.Scheduler;
import software.amazon.kinesis.leases.Lease;
import software.amazon.kinesis.leases.LeaseRefresher;
import software.amazon.kinesis.leases.exceptions.LeasingException;

/**
 * The end of a worker's leases once it has committed everything. KCL gives the leader's lock back,
 * but only stops to renew the leases, so that others would wait for the failover time.
 */
final class Farewell {
  private static final Logger LOG = LoggerFactory.getLogger(Farewell.class);

  private final LeaseTable table;

  Farewell(LeaseTable table) {
    this.table = table;
  }

  /** Frees what the worker of a scheduler that has ended still holds; a failure only costs time. */
  void say(Scheduler ended) {
    String worker = ended.leaseManagementConfig().workerIdentifier();
    LeaseRefresher leases = ended.leaseRefresher();
    try {
      // First, or else the leader would give the leases back to the one that has just left.
      table.strikeOff(worker);
      for (Lease lease : leases.listLeases()) {
        if (worker.equals(lease.actualOwner())) {
          leases.evictLease(lease);
        }
      }
    } catch (LeasingException | SdkException e) {
      LOG.warn("The leases of worker {} are free only when they run out: {}", worker, e.toString());
    }
  }
}

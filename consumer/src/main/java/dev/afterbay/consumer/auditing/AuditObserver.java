package dev.afterbay.consumer.auditing;

import dev.afterbay.reconciliation.audit.AuditSummary;

/** Is told of audits. Called from one thread. */
@FunctionalInterface
public interface AuditObserver {
  /** This is the newest audit of its table now. */
  void audited(AuditSummary newest);
}

package dev.afterbay.consumer.cost;

import dev.afterbay.consumer.config.CommitPolicy;
import java.time.Duration;

/**
 * How the service is run.
 *
 * @param commit when segments are committed
 * @param files that a commit writes: one of the raw changes, one of each typed table it touches
 * @param idleLatency how often an idle shard is asked
 * @param tasks of Fargate
 * @param vcpu of a task
 * @param memoryGigabytes of a task
 * @param auditsPerMonth of each table
 * @param months how old the lake is
 * @param questionsPerMonth that Athena is asked
 * @param metrics in CloudWatch
 * @param logGigabytes a month
 * @param interfaceEndpoints of the VPC, times its zones
 */
public record Plan(
    CommitPolicy commit,
    double files,
    Duration idleLatency,
    double tasks,
    double vcpu,
    double memoryGigabytes,
    double auditsPerMonth,
    double months,
    double questionsPerMonth,
    double metrics,
    double logGigabytes,
    double interfaceEndpoints) {}

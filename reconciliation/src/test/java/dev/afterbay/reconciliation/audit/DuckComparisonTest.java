package dev.afterbay.reconciliation.audit;

class DuckComparisonTest extends ComparisonContract {
  @Override
  protected Ground ground() {
    return new MemoryGround();
  }
}

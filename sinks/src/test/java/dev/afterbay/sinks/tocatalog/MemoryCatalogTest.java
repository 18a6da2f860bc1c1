package dev.afterbay.sinks.tocatalog;

class MemoryCatalogTest extends CatalogContract {
  private final MemoryCatalog catalog = new MemoryCatalog();

  @Override
  protected Catalog catalog() {
    return catalog;
  }
}

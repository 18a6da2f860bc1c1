package dev.afterbay.consumer.catalog;

/** Is told whether the catalog has what the lake has. Called from many threads at once. */
public interface CatalogObserver {
  /** The catalog has everything that this process knows of. */
  void upToDate();

  /** Something is not yet in the catalog. */
  void behind();
}

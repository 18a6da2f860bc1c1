package dev.afterbay.reconciliation.export;

import dev.afterbay.transforms.image.Item;
import java.util.function.Consumer;

/** Who takes the lines of an export. */
public interface LineVisitor {
  /** A line of a full export. */
  void item(Item item);

  /** A line of an incremental export. */
  void change(NetChange change);

  /** Takes the lines of a full export; one of an incremental export is damage. */
  static LineVisitor items(Consumer<? super Item> taker) {
    return new LineVisitor() {
      @Override
      public void item(Item item) {
        taker.accept(item);
      }

      @Override
      public void change(NetChange change) {
        throw new WrongLineException("is of an incremental export, not of a full one");
      }
    };
  }

  /** Takes the lines of an incremental export; one of a full export is damage. */
  static LineVisitor changes(Consumer<? super NetChange> taker) {
    return new LineVisitor() {
      @Override
      public void item(Item item) {
        throw new WrongLineException("is of a full export, not of an incremental one");
      }

      @Override
      public void change(NetChange change) {
        taker.accept(change);
      }
    };
  }
}

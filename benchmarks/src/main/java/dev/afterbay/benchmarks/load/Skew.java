package dev.afterbay.benchmarks.load;

import java.util.SplittableRandom;

/** How unevenly items are chosen. */
public enum Skew {
  /** Each as often as any other. */
  EVEN {
    @Override
    int choose(int items, SplittableRandom random) {
      return random.nextInt(items);
    }
  },
  /** The first ones more often: a tenth of the items has nearly half of the changes. */
  UNEVEN {
    @Override
    int choose(int items, SplittableRandom random) {
      return (int) (items * Math.pow(random.nextDouble(), 3));
    }
  },
  /** One item has half of the changes, and so has its shard. */
  HOT_ITEM {
    @Override
    int choose(int items, SplittableRandom random) {
      return random.nextBoolean() ? 0 : random.nextInt(items);
    }
  };

  abstract int choose(int items, SplittableRandom random);
}

package dev.afterbay.consumer.quarantine;

import dev.afterbay.sinks.tostorage.ObjectStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/** What happens around the calls of one process to a store. */
@FunctionalInterface
interface Calls {
  /** A call that arrives at the store. */
  @FunctionalInterface
  interface Call {
    Object arrive() throws Throwable;
  }

  /**
   * Stands in for a call.
   *
   * @param number of the call, from 1
   */
  Object around(int number, Method method, Call call) throws Throwable;

  /** A process that ends before or after one of its calls. */
  static Calls endingAt(int number, Moment moment) {
    return (count, method, call) -> {
      if (count == number && moment == Moment.BEFORE) {
        throw new Crash();
      }
      Object answer = call.arrive();
      if (count == number) {
        throw new Crash();
      }
      return answer;
    };
  }

  /** A store of which each call goes through here. */
  default ObjectStore to(ObjectStore store) {
    int[] count = {0};
    return (ObjectStore)
        Proxy.newProxyInstance(
            ObjectStore.class.getClassLoader(),
            new Class<?>[] {ObjectStore.class},
            (proxy, method, arguments) -> {
              int number;
              synchronized (count) {
                number = ++count[0];
              }
              return around(
                  number,
                  method,
                  () -> {
                    try {
                      return method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                      throw e.getTargetException();
                    }
                  });
            });
  }

  /** When a process ends. */
  enum Moment {
    BEFORE,
    AFTER
  }

  /** The end of a process. */
  final class Crash extends Error {
    private static final long serialVersionUID = 1L;

    Crash() {
      super("the process ended");
    }
  }
}

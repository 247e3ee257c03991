package dev.vigil.health.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.MemoryType;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import javax.management.MBeanNotificationInfo;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationFilter;
import javax.management.NotificationListener;
import org.junit.jupiter.api.Test;

class LongLivedHeapTest {

  private final LongLivedHeap heap =
      new LongLivedHeap(
          List.of(
              FakePool.heap("Eden", false, 900, 1000),
              FakePool.heap("Old", true, 700, 1000),
              FakePool.pool("Metaspace", MemoryType.NON_HEAP, true, 900, 1000)));

  @Test
  void showsWhatIsInUseNowBeforeTheFirstCollection() {
    assertThat(heap.known()).isFalse();
    assertThat(heap.use()).isEqualTo(new MemoryUse(700, 1000));
  }

  @Test
  void countsWhatTheLastCollectionOfThePoolLeft() {
    heap.collected(Set.of("Eden", "Old"), Map.of("Old", FakePool.usage(300, 1000)));
    heap.collected(Set.of("Eden", "Old"), Map.of("Old", FakePool.usage(200, 1000)));

    assertThat(heap.known()).isTrue();
    assertThat(heap.use()).isEqualTo(new MemoryUse(200, 1000));
  }

  @Test
  void ignoresACollectorThatLeavesThePoolAlone() {
    heap.collected(Set.of("Eden"), Map.of("Old", FakePool.usage(699, 1000)));

    assertThat(heap.known()).isFalse();
  }

  @Test
  void ignoresPausesThatComeWithEmptyFigures() {
    heap.collected(Set.of("Old"), Map.of("Old", FakePool.usage(300, 1000)));
    heap.collected(Set.of("Old"), Map.of("Old", FakePool.usage(0, 0)));

    assertThat(heap.use().used()).isEqualTo(300);
  }

  @Test
  void takesTheWholeHeapWhereAPoolHasNoLimitOfItsOwn() {
    LongLivedHeap unlimited = new LongLivedHeap(List.of(FakePool.heap("Old", true, 7, -1)));

    assertThat(unlimited.use().total()).isEqualTo(Runtime.getRuntime().maxMemory());
  }

  @Test
  void knowsNothingOfAJvmWithoutSuchPools() {
    LongLivedHeap none = new LongLivedHeap(List.of());

    assertThat(none.known()).isFalse();
    assertThat(none.use().percent()).isZero();
  }

  @Test
  void takesItsListenerAwayOnceNobodyUsesIt() {
    AtomicReference<NotificationListener> removed = new AtomicReference<>();
    LongLivedHeap.Listener listener =
        new LongLivedHeap.Listener(new WeakReference<>(null), emitter(removed), Set.of());

    listener.handleNotification(new Notification("any", "collector", 1), null);

    assertThat(removed.get()).isSameAs(listener);
  }

  private static NotificationEmitter emitter(AtomicReference<NotificationListener> removed) {
    return new NotificationEmitter() {
      @Override
      public void removeNotificationListener(NotificationListener listener) {
        removed.set(listener);
      }

      @Override
      public void removeNotificationListener(
          NotificationListener listener, NotificationFilter filter, Object handback) {
        throw new UnsupportedOperationException();
      }

      @Override
      public void addNotificationListener(
          NotificationListener listener, NotificationFilter filter, Object handback) {
        throw new UnsupportedOperationException();
      }

      @Override
      public MBeanNotificationInfo[] getNotificationInfo() {
        return new MBeanNotificationInfo[0];
      }
    };
  }
}

//! Work on many items at once, with results in the order of the items and a bound on how many are under way.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::mpsc::{Receiver, SyncSender, channel, sync_channel};
use std::sync::{Mutex, PoisonError};

/// Bytes of the stack of a thread: as much as the main thread has, so that the number of threads changes nothing.
const STACK: usize = 8 << 20;

/// Puts every item through `work` and every result, in the order of the items, through `emit`.
///
/// `work` gets a state of its own thread, made by `state`. At most `window` items are taken and not yet emitted, so that a
/// slow one does not let the results of all others pile up. `emit` may break off: no further item is taken then.
pub(crate) fn run<I, S, T>(
    items: impl Iterator<Item = I> + Send,
    jobs: usize,
    window: usize,
    state: impl Fn() -> S + Sync,
    work: impl Fn(&mut S, I) -> T + Sync,
    mut emit: impl FnMut(T) -> ControlFlow<()>,
) where
    I: Send,
    T: Send,
{
    if jobs <= 1 {
        let mut state = state();
        for item in items {
            if emit(work(&mut state, item)).is_break() {
                return;
            }
        }
        return;
    }
    let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs).stack_size(STACK).build();
    let Ok(pool) = pool else {
        // The system gives no threads: one after the other, then.
        return run(items, 1, window, state, work, emit);
    };
    let items = Mutex::new(items.enumerate());
    let (permit_out, permit_in) = permits(window.max(jobs));
    let permit_in = Mutex::new(permit_in);
    pool.in_place_scope(|scope| {
        let (done, results) = channel::<(usize, T)>();
        for _ in 0..jobs {
            let done = done.clone();
            let (items, permit_in, state, work) = (&items, &permit_in, &state, &work);
            scope.spawn(move |_| {
                let mut own = state();
                loop {
                    // The permit comes first: then the item that is emitted next always has one.
                    if permit_in.lock().unwrap_or_else(PoisonError::into_inner).recv().is_err() {
                        return;
                    }
                    let next = items.lock().unwrap_or_else(PoisonError::into_inner).next();
                    let Some((index, item)) = next else { return };
                    if done.send((index, work(&mut own, item))).is_err() {
                        return;
                    }
                }
            });
        }
        drop(done);
        let mut waiting = BTreeMap::new();
        let mut next = 0;
        'all: for (index, result) in results {
            waiting.insert(index, result);
            while let Some(result) = waiting.remove(&next) {
                next += 1;
                if emit(result).is_break() {
                    break 'all;
                }
                // Nobody waits for a permit when all items are taken.
                let _ = permit_out.try_send(());
            }
        }
        drop(permit_out);
    });
}

/// A channel that holds as many permits as may be out.
fn permits(n: usize) -> (SyncSender<()>, Receiver<()>) {
    let (sender, receiver) = sync_channel(n);
    for _ in 0..n {
        // There is room for exactly so many.
        let _ = sender.try_send(());
    }
    (sender, receiver)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(jobs: usize, window: usize) {
        let mut results = Vec::new();
        let slow_first = |_: &mut (), item: usize| {
            if item.is_multiple_of(7) {
                std::thread::sleep(std::time::Duration::from_millis(2));
            }
            item * 2
        };
        run(
            0..100,
            jobs,
            window,
            || (),
            slow_first,
            |it| {
                results.push(it);
                ControlFlow::Continue(())
            },
        );
        assert_eq!(results, (0..100).map(|it| it * 2).collect::<Vec<_>>(), "{jobs} jobs, window {window}");
    }

    #[test]
    fn results_come_in_the_order_of_the_items() {
        for (jobs, window) in [(1, 1), (2, 1), (2, 2), (4, 100), (8, 3)] {
            check(jobs, window);
        }
    }

    #[test]
    fn no_more_is_taken_than_the_window_allows() {
        let taken = std::sync::atomic::AtomicUsize::new(0);
        let items = (0..1000).inspect(|_| {
            taken.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        });
        let mut emitted = 0;
        run(
            items,
            3,
            5,
            || (),
            |_, it| it,
            |_| {
                emitted += 1;
                assert!(taken.load(std::sync::atomic::Ordering::SeqCst) <= emitted + 5);
                ControlFlow::Continue(())
            },
        );
        assert_eq!(emitted, 1000);
    }

    #[test]
    fn breaking_off_ends_the_work() {
        let mut emitted = 0;
        run(
            0..,
            4,
            8,
            || (),
            |_, it| it,
            |_| {
                emitted += 1;
                if emitted == 10 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            },
        );
        assert_eq!(emitted, 10);
    }
}

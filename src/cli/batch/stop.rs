//! Ctrl-C: the block in hand is finished; where the run waits for input, it ends
//! after a moment, between two lines.

use super::progress::Progress;
use crate::cli::output;
use crate::cli::stream::Drafts;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError, TryLockError};
use std::time::Duration;

/// How long the block in hand may take to be finished.
const GRACE: Duration = Duration::from_millis(300);
/// How long to wait before looking again whether the lines are written.
const GLANCE: Duration = Duration::from_millis(20);

/// What a run looks at to know that it is to end.
pub struct Interruption {
    /// Whether it is.
    pub stop: Arc<AtomicBool>,
    /// Held while lines are written, so that nothing ends within a line.
    pub writing: Arc<Mutex<()>>,
    last: Arc<Last>,
}

/// What is left to do when a run is cut short.
struct Last {
    drafts: Drafts,
    progress: Option<Progress>,
    /// What is said at the end, once.
    words: Mutex<Option<String>>,
}

impl Interruption {
    /// Waits for Ctrl-C from now on.
    pub fn watch(drafts: &Drafts, progress: Option<Progress>, words: Option<String>) -> Interruption {
        let (stop, writing) = (Arc::new(AtomicBool::new(false)), Arc::new(Mutex::new(())));
        let last = Arc::new(Last { drafts: Arc::clone(drafts), progress, words: Mutex::new(words) });
        let times = Arc::new(AtomicUsize::new(0));
        let (flag, held, end) = (Arc::clone(&stop), Arc::clone(&writing), Arc::clone(&last));
        let watched = ctrlc::set_handler(move || {
            flag.store(true, Ordering::Relaxed);
            if times.fetch_add(1, Ordering::Relaxed) == 0 {
                let (times, held, end) = (Arc::clone(&times), Arc::clone(&held), Arc::clone(&end));
                std::thread::spawn(move || end.leave(&times, &held));
            }
        });
        // At once, even before the end of a pipe that Ctrl-C broke off can be seen.
        #[cfg(unix)]
        let _ = signal_hook::flag::register(signal_hook::consts::SIGINT, Arc::clone(&stop));
        drop(watched); // without a handler Ctrl-C ends the process at once, as it does elsewhere
        Interruption { stop, writing, last }
    }

    /// Says what an interrupted run leaves behind.
    pub fn say(&self) {
        self.last.say();
    }
}

impl Last {
    /// Ends the process. Lines that are being written are waited for, unless nobody
    /// takes them and Ctrl-C comes once more.
    fn leave(&self, times: &AtomicUsize, writing: &Mutex<()>) {
        std::thread::sleep(GRACE);
        let before = times.load(Ordering::Relaxed);
        let _whole = loop {
            match writing.try_lock() {
                Ok(whole) => break Some(whole),
                Err(TryLockError::Poisoned(whole)) => break Some(whole.into_inner()),
                Err(TryLockError::WouldBlock) if times.load(Ordering::Relaxed) > before => break None,
                Err(TryLockError::WouldBlock) => std::thread::sleep(GLANCE),
            }
        };
        for path in self.drafts.lock().unwrap_or_else(PoisonError::into_inner).iter() {
            let _ = std::fs::remove_file(path);
        }
        self.say();
        std::process::exit(i32::from(crate::cli::ask::INTERRUPTED));
    }

    fn say(&self) {
        if let Some(progress) = &self.progress {
            progress.clear();
        }
        if let Some(words) = self.words.lock().unwrap_or_else(PoisonError::into_inner).take() {
            output::complain(&words);
        }
    }
}

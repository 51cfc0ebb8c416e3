//! Ctrl-C, and being told to end in other ways: the block in hand is finished;
//! where the run waits for input, it ends after a moment, between two lines.

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
    /// The status to end with.
    status: Arc<AtomicUsize>,
}

impl Interruption {
    /// Waits for Ctrl-C from now on.
    pub fn watch(drafts: &Drafts, progress: Option<Progress>, words: Option<String>) -> Interruption {
        let (stop, writing) = (Arc::new(AtomicBool::new(false)), Arc::new(Mutex::new(())));
        let status = Arc::new(AtomicUsize::new(usize::from(crate::cli::ask::INTERRUPTED)));
        let last = Arc::new(Last { drafts: Arc::clone(drafts), progress, words: Mutex::new(words), status });
        let times = Arc::new(AtomicUsize::new(0));
        let (flag, held, end) = (Arc::clone(&stop), Arc::clone(&writing), Arc::clone(&last));
        let interrupt = move || {
            flag.store(true, Ordering::Relaxed);
            if times.fetch_add(1, Ordering::Relaxed) == 0 {
                let (times, held, end) = (Arc::clone(&times), Arc::clone(&held), Arc::clone(&end));
                std::thread::spawn(move || end.leave(&times, &held));
            }
        };
        #[cfg(unix)]
        others::watch(&last, &stop, interrupt.clone());
        let watched = ctrlc::set_handler(interrupt);
        // At once, even before the end of a pipe that Ctrl-C broke off can be seen.
        #[cfg(unix)]
        let _ = signal_hook::flag::register(signal_hook::consts::SIGINT, Arc::clone(&stop));
        drop(watched); // without a handler Ctrl-C ends the process at once, as it does elsewhere
        Interruption { stop, writing, last }
    }

    /// The status of a run that was cut short.
    pub fn status(&self) -> u8 {
        self.last.status()
    }

    /// Says what an interrupted run leaves behind.
    pub fn say(&self) {
        self.last.say();
    }
}

impl Last {
    fn status(&self) -> u8 {
        u8::try_from(self.status.load(Ordering::Relaxed)).unwrap_or(u8::MAX)
    }

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
        std::process::exit(i32::from(self.status()));
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

/// Signals besides Ctrl-C that end a run.
#[cfg(unix)]
mod others {
    use super::{Arc, AtomicBool, Last};
    use signal_hook::consts::{SIGHUP, SIGTERM};
    use signal_hook::iterator::Signals;

    /// Ends the run likewise when the system or a closed terminal asks for it. One
    /// that whoever started us wants ignored (`nohup`) stays ignored; where that
    /// cannot be told, a closed terminal ends the process as ever.
    pub fn watch(last: &Last, stop: &Arc<AtomicBool>, interrupt: impl Fn() + Send + 'static) {
        let heard: Vec<i32> = [SIGTERM, SIGHUP].into_iter().filter(|signal| !may_be_ignored(*signal)).collect();
        let Ok(mut signals) = Signals::new(&heard) else { return };
        for signal in heard {
            // At once, even before the end of a pipe that the same signal broke off can be seen.
            let status = 128 + usize::try_from(signal).unwrap_or_default();
            let _ = signal_hook::flag::register_usize(signal, Arc::clone(&last.status), status);
            let _ = signal_hook::flag::register(signal, Arc::clone(stop));
        }
        // Without this thread a run that waits for input goes on until that ends.
        let _ = std::thread::Builder::new().spawn(move || signals.forever().for_each(|_| interrupt()));
    }

    fn may_be_ignored(signal: i32) -> bool {
        let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
        let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
        let mask = mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
        mask.map_or(signal == SIGHUP, |mask| mask >> (signal - 1) & 1 == 1)
    }
}

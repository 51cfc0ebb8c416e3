//! How much the tests try. What is random or takes every case is cut short in a
//! debug build, where it would take ten times as long; CI runs the library's tests
//! with optimisation as well (`cargo test --release --lib`), and there all is tried.

/// What a test takes: `all` with optimisation, `some` in a debug build.
pub const fn thorough<T: Copy>(all: T, some: T) -> T {
    if cfg!(debug_assertions) { some } else { all }
}

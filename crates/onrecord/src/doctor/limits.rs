//! What the system lets a program have. Read from files of Linux; elsewhere nothing is known.

use std::fs;
use std::path::Path;

/// Bytes of memory that are free to be had; none where it is not told.
pub fn available_memory() -> Option<u64> {
    field(&fs::read_to_string("/proc/meminfo").ok()?, "MemAvailable:").map(|kilobytes| kilobytes << 10)
}

/// Bytes that the control group of this program may still take; none where it has no limit.
pub fn group_memory() -> Option<u64> {
    let groups = fs::read_to_string("/proc/self/cgroup").ok()?;
    within(Path::new("/sys/fs/cgroup"), &groups)
}

/// Files that may be open at a time.
#[cfg(unix)]
pub fn open_files() -> Option<u64> {
    rustix::process::getrlimit(rustix::process::Resource::Nofile).current
}

/// Windows has no such limit.
#[cfg(not(unix))]
pub fn open_files() -> Option<u64> {
    None
}

/// Bytes of address space that this program may take.
#[cfg(unix)]
pub fn address_space() -> Option<u64> {
    rustix::process::getrlimit(rustix::process::Resource::As).current
}

/// Windows has no such limit.
#[cfg(not(unix))]
pub fn address_space() -> Option<u64> {
    None
}

/// Bytes free on the disk that holds this folder.
#[cfg(unix)]
pub fn free_disk(folder: &Path) -> Option<u64> {
    let disk = rustix::fs::statvfs(folder).ok()?;
    Some(disk.f_bavail.saturating_mul(disk.f_frsize))
}

/// Not asked elsewhere.
#[cfg(not(unix))]
pub fn free_disk(_: &Path) -> Option<u64> {
    None
}

/// Whether files can be made in this folder; true where only trying could tell.
#[cfg(unix)]
pub fn is_writable(folder: &Path) -> bool {
    rustix::fs::access(folder, rustix::fs::Access::WRITE_OK | rustix::fs::Access::EXEC_OK).is_ok()
}

/// Only trying could tell.
#[cfg(not(unix))]
pub fn is_writable(folder: &Path) -> bool {
    folder.is_dir()
}

/// The number behind a name, as `/proc` has them.
fn field(text: &str, name: &str) -> Option<u64> {
    text.lines().find_map(|line| line.strip_prefix(name)).and_then(|rest| rest.split_whitespace().next()?.parse().ok())
}

/// The least that is left in any group from this program's up to the root; both generations of control groups.
fn within(root: &Path, groups: &str) -> Option<u64> {
    let left = |line: &str| {
        let (_, rest) = line.split_once(':')?;
        let (controllers, path) = rest.split_once(':')?;
        let (root, limit, used) = if controllers.is_empty() {
            (root.to_owned(), "memory.max", "memory.current")
        } else if controllers.split(',').any(|controller| controller == "memory") {
            (root.join("memory"), "memory.limit_in_bytes", "memory.usage_in_bytes")
        } else {
            return None;
        };
        let own = root.join(path.trim_start_matches('/'));
        own.ancestors().take_while(|group| group.starts_with(&root)).filter_map(|group| left_in(group, limit, used)).min()
    };
    groups.lines().filter_map(left).min()
}

fn left_in(group: &Path, limit: &str, used: &str) -> Option<u64> {
    // "max", which is no number, is no limit; the older generation writes a number past all memory.
    const NO_LIMIT: u64 = 1 << 60;
    let number = |name: &str| fs::read_to_string(group.join(name)).ok()?.trim().parse::<u64>().ok();
    let limit = number(limit).filter(|&limit| limit < NO_LIMIT)?;
    Some(limit.saturating_sub(number(used).unwrap_or(0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn groups(files: &[(&str, &str)]) -> tempfile::TempDir {
        let root = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = root.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        root
    }

    #[test]
    fn a_number_of_proc() {
        assert_eq!(field("MemTotal: 9 kB\nMemAvailable:   512 kB\n", "MemAvailable:"), Some(512));
        assert_eq!(field("", "MemAvailable:"), None);
    }

    #[test]
    fn the_tightest_group_counts() {
        let root = groups(&[
            ("a/memory.max", "1000\n"),
            ("a/memory.current", "900\n"),
            ("a/b/memory.max", "500\n"),
            ("a/b/memory.current", "100\n"),
        ]);
        assert_eq!(within(root.path(), "0::/a/b\n"), Some(100));
        let root = groups(&[("a/b/memory.max", "max\n"), ("memory.max", "700\n")]);
        assert_eq!(within(root.path(), "0::/a/b\n"), Some(700));
        assert_eq!(within(root.path(), "0::/../a\n1:cpu:/a\n"), Some(700));
    }

    #[test]
    fn groups_of_the_older_generation() {
        let none = "9223372036854771712\n";
        let root = groups(&[("memory/a/memory.limit_in_bytes", "300\n"), ("memory/memory.limit_in_bytes", none)]);
        assert_eq!(within(root.path(), "3:cpu:/\n2:memory,hugetlb:/a\n"), Some(300));
        let root = groups(&[("memory/memory.limit_in_bytes", none)]);
        assert_eq!(within(root.path(), "2:memory:/a\n"), None);
    }
}

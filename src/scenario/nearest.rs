//! The nearest known name to one that is not known.

/// The known name that a person most likely meant; none where nothing is near.
pub(crate) fn nearest<'k>(wanted: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    known.into_iter().map(|name| (distance(wanted, name), name)).filter(|(d, name)| near(*d, wanted, name)).min().map(|(_, name)| name)
}

/// The known paths that a person most likely meant, at most three, the nearest first. A path is near where the whole
/// of it is, or where its last part is: `instances` finds `fleet.instances`.
pub(super) fn nearest_paths<'k>(wanted: &str, known: impl IntoIterator<Item = &'k str>) -> Vec<&'k str> {
    let mut found: Vec<(usize, &str)> = known
        .into_iter()
        .filter_map(|path| {
            // As near as its last part must be: a common beginning makes no two paths alike.
            let whole = Some(distance(wanted, path)).filter(|d| near(*d, last_part(wanted), last_part(path)));
            let last = Some(distance(last_part(wanted), last_part(path))).filter(|d| near(*d, last_part(wanted), last_part(path)));
            // A near last part at another place is less likely than a slip in the whole path.
            whole.into_iter().chain(last.map(|d| d + 1)).min().map(|d| (d, path))
        })
        .collect();
    found.sort_unstable();
    found.into_iter().take(3).map(|(_, path)| path).collect()
}

fn last_part(path: &str) -> &str {
    path.rsplit('.').next().unwrap_or(path)
}

/// Slips between two names; capitals, `_` and `-` are none.
fn distance(a: &str, b: &str) -> usize {
    let plain =
        |name: &str| -> String { name.chars().take(100).filter(|c| !matches!(c, '_' | '-')).flat_map(char::to_lowercase).collect() };
    strsim::damerau_levenshtein(&plain(a), &plain(b))
}

/// A slip for every three letters.
fn near(distance: usize, a: &str, b: &str) -> bool {
    distance <= (a.len().max(b.len()) / 3).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_finds_its_name() {
        let known = ["instances", "capacity_rps", "quota"];
        assert_eq!(nearest("instnces", known), Some("instances"));
        assert_eq!(nearest("Capacity-RPS", known), Some("capacity_rps"));
        assert_eq!(nearest("colour", known), None);
    }

    #[test]
    fn a_path_is_found_by_its_last_part() {
        let known = ["fleet.instances", "fleet.quota", "timings.boot"];
        assert_eq!(nearest_paths("instances", known), ["fleet.instances"]);
        assert_eq!(nearest_paths("fleet.instnces", known), ["fleet.instances"]);
        assert_eq!(nearest_paths("fleet.boot", known), ["timings.boot"]);
        assert!(nearest_paths("zzz", known).is_empty());
    }
}

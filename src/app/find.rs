//! Finding things by a few letters of their names.

/// How well `text` matches what was typed, less is better; none where it does not. Every word that was typed must be
/// in it, as it is or with letters left out, in whatever case.
pub fn rank(typed: &str, text: &str) -> Option<u32> {
    let text = text.to_lowercase();
    typed.to_lowercase().split_whitespace().map(|word| rank_word(word, &text)).sum()
}

fn rank_word(word: &str, text: &str) -> Option<u32> {
    if let Some(at) = text.find(word) {
        let begins_word = text.get(..at).and_then(|before| before.chars().next_back()).is_none_or(|c| !c.is_alphanumeric());
        return Some(match (at, begins_word) {
            (0, _) => 0,
            (_, true) => 1,
            (_, false) => 10,
        });
    }
    // Letters left out: the closer together the better, and not spread over a whole sentence.
    let letters = word.chars().count();
    if letters < 2 {
        return None;
    }
    let mut wanted = word.chars().peekable();
    let (mut first, mut last) = (None, 0);
    for (i, c) in text.chars().enumerate() {
        if wanted.next_if_eq(&c).is_some() {
            first.get_or_insert(i);
            last = i;
        }
    }
    if wanted.peek().is_some() {
        return None;
    }
    let spread = last + 1 - first? - letters;
    (spread <= 2 * letters + 4).then(|| 100 + u32::try_from(spread).unwrap_or(u32::MAX / 2))
}

/// The places of what matches, the best first, and otherwise in their order; all of them where nothing was typed. Each is
/// known by several texts, the first of which counts most.
pub fn find<T>(typed: &str, all: &[T], texts: impl Fn(&T) -> Vec<String>) -> Vec<usize> {
    let mut found: Vec<(u32, usize)> = all
        .iter()
        .enumerate()
        .filter_map(|(place, one)| {
            let ranks = texts(one).into_iter().zip((0..).step_by(20));
            ranks.filter_map(|(text, later)| Some(rank(typed, &text)? + later)).min().map(|rank| (rank, place))
        })
        .collect();
    found.sort_unstable();
    found.into_iter().map(|(_, place)| place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_by_its_beginning_its_parts_and_some_of_its_letters() {
        assert_eq!(rank("roll", "Rolling"), Some(0));
        assert_eq!(rank("extra", "Rolling, extra batch"), Some(1));
        assert_eq!(rank("olling", "Rolling"), Some(10));
        // Of "rlng" in "rolling" three letters are left out.
        assert_eq!(rank("rlng", "Rolling"), Some(103));
        assert_eq!(rank("batch roll", "Rolling, extra batch"), Some(1));
        assert_eq!(rank("", "anything"), Some(0));
        assert_eq!(rank("x", "Rolling"), None);
        assert_eq!(rank("gnillor", "Rolling"), None);
        assert_eq!(rank("再生", "再生または一時停止"), Some(0));
    }

    #[test]
    fn letters_all_over_a_sentence_are_no_match() {
        assert_eq!(rank("save", "Stops before each phase: what happens then is very evident"), None);
    }

    #[test]
    fn the_best_comes_first_and_a_second_name_counts_less() {
        let all = [("保存", "Save"), ("元に戻す", "Undo"), ("別名で保存", "Save as"), ("save", "その他")];
        let found = |typed| find(typed, &all, |(a, b)| vec![(*a).to_owned(), (*b).to_owned()]);
        assert_eq!(found("save"), [3, 0, 2]);
        assert_eq!(found("保存"), [0, 2]);
        assert_eq!(found(""), [0, 1, 2, 3]);
        assert!(found("zzz").is_empty());
    }
}

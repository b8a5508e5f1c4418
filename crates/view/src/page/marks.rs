//! Evidence in a paragraph: which records cover which stretch of it, and in which lane each draws its line.

use onrecord_text::Span;
use std::collections::{BTreeMap, BTreeSet};

/// A stretch of text that the same marks cover from end to end.
#[derive(Debug, PartialEq)]
pub(super) struct Piece {
    pub(super) span: Span,
    /// Marks over it with their lanes, outermost (lowest line) first.
    pub(super) marks: Vec<(usize, usize)>,
}

/// Cuts `paragraph` at every border of a mark. `marks` are (who, where); where two of one mark touch they count as one.
///
/// Every mark keeps one lane throughout the paragraph, free of any other mark, the shortest nearest to the text.
pub(super) fn pieces(paragraph: Span, marks: &[(usize, Span)]) -> Vec<Piece> {
    let mut spans: BTreeMap<usize, Vec<Span>> = BTreeMap::new();
    for &(who, span) in marks {
        let inside = Span::new(span.start.max(paragraph.start), span.end.min(paragraph.end));
        if !inside.is_empty() {
            spans.entry(who).or_default().push(inside);
        }
    }
    spans.values_mut().for_each(united);
    let lanes = lanes(&spans);

    // A sweep from border to border: what opens, what closes.
    let mut borders: BTreeMap<usize, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
    borders.entry(paragraph.start).or_default();
    borders.entry(paragraph.end).or_default();
    for (&who, list) in &spans {
        for span in list {
            borders.entry(span.start).or_default().0.push(who);
            borders.entry(span.end).or_default().1.push(who);
        }
    }
    let mut open: BTreeSet<(usize, usize)> = BTreeSet::new();
    let mut pieces = Vec::new();
    let mut from = paragraph.start;
    for (at, (opening, closing)) in borders {
        if at > from {
            pieces.push(Piece { span: Span::new(from, at), marks: open.iter().rev().map(|&(lane, who)| (who, lane)).collect() });
        }
        for who in closing {
            open.remove(&(lanes[&who], who));
        }
        open.extend(opening.iter().map(|who| (lanes[who], *who)));
        from = at;
    }
    pieces
}

/// Sorted, and without overlaps.
fn united(spans: &mut Vec<Span>) {
    spans.sort_unstable();
    spans.dedup_by(|next, before| {
        let touch = next.start <= before.end;
        if touch {
            before.end = before.end.max(next.end);
        }
        touch
    });
}

fn lanes(spans: &BTreeMap<usize, Vec<Span>>) -> BTreeMap<usize, usize> {
    let extent = |list: &[Span]| list.iter().map(|span| span.len()).sum::<usize>();
    let mut order: Vec<(&usize, &Vec<Span>)> = spans.iter().collect();
    order.sort_by_key(|(who, list)| (extent(list), **who));
    // Per lane the taken stretches by where they start; they never overlap, so neighbours are all there is to look at.
    let mut taken: Vec<BTreeMap<usize, usize>> = Vec::new();
    let mut lanes = BTreeMap::new();
    for (&who, list) in order {
        let free = |lane: &BTreeMap<usize, usize>| {
            list.iter().all(|span| lane.range(..span.end).next_back().is_none_or(|(_, &end)| end <= span.start))
        };
        let lane = taken.iter().position(free).unwrap_or_else(|| {
            taken.push(BTreeMap::new());
            taken.len() - 1
        });
        taken[lane].extend(list.iter().map(|span| (span.start, span.end)));
        lanes.insert(who, lane);
    }
    lanes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crossing_and_nested_marks_are_cut_at_every_border() {
        let span = Span::new;
        let pieces = pieces(span(10, 50), &[(0, span(0, 30)), (1, span(20, 60)), (2, span(22, 25)), (0, span(28, 31))]);
        let seen: Vec<_> = pieces.iter().map(|p| (p.span.start, p.span.end, p.marks.clone())).collect();
        // The shortest, 2, lies next to the text; 0 is clear of it only in the next lane, 1 only in the one after.
        assert_eq!(
            seen,
            [
                (10, 20, vec![(0, 1)]),
                (20, 22, vec![(1, 2), (0, 1)]),
                (22, 25, vec![(1, 2), (0, 1), (2, 0)]),
                (25, 31, vec![(1, 2), (0, 1)]),
                (31, 50, vec![(1, 2)]),
            ]
        );
    }

    #[test]
    fn marks_that_do_not_meet_share_a_lane() {
        let pieces = pieces(Span::new(0, 9), &[(0, Span::new(0, 3)), (1, Span::new(3, 6))]);
        assert_eq!(pieces.iter().map(|p| p.marks.clone()).collect::<Vec<_>>(), [vec![(0, 0)], vec![(1, 0)], vec![]]);
    }
}

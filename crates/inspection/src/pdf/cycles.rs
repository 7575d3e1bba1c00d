//! Whether a graph leads back into itself.

use std::collections::HashMap;

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Entered,
    Left,
}

/// Walks from every node, without recursion: the graph is the attacker's.
pub(crate) fn has_cycle(edges: &HashMap<i64, Vec<i64>>) -> bool {
    let mut states: HashMap<i64, State> = HashMap::new();
    let mut path: Vec<(i64, std::slice::Iter<'_, i64>)> = Vec::new();
    let following = |node: &i64| edges.get(node).map(Vec::as_slice).unwrap_or_default().iter();
    for start in edges.keys() {
        if !states.contains_key(start) {
            states.insert(*start, State::Entered);
            path.push((*start, following(start)));
        }
        while let Some((node, rest)) = path.last_mut() {
            let Some(next) = rest.next() else {
                states.insert(*node, State::Left);
                path.pop();
                continue;
            };
            match states.get(next) {
                Some(State::Entered) => return true,
                Some(State::Left) => {}
                None => {
                    states.insert(*next, State::Entered);
                    path.push((*next, following(next)));
                }
            }
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_way_back_is_a_cycle() {
        let graph = |edges: &[(i64, &[i64])]| edges.iter().map(|(from, to)| (*from, to.to_vec())).collect();
        assert!(!has_cycle(&graph(&[(1, &[2, 3]), (2, &[4]), (3, &[4]), (4, &[])])));
        assert!(has_cycle(&graph(&[(1, &[1])])));
        assert!(has_cycle(&graph(&[(1, &[2]), (2, &[3]), (3, &[1])])));
        let long: HashMap<i64, Vec<i64>> = (0..200_000).map(|node| (node, vec![node + 1])).collect();
        assert!(!has_cycle(&long));
    }
}

//! The table: medians of what is measured and of its baseline, and the median of their ratios, round by round.

use std::fmt::Write as _;

/// One thing that was measured, in every round.
pub struct Figure {
    /// What it is, with its unit.
    pub name: &'static str,
    /// How many digits after the point are worth reading.
    pub digits: usize,
    /// Of the app, round by round.
    pub app: Vec<f64>,
    /// Of the baseline, round by round; empty where it has none.
    pub baseline: Vec<f64>,
}

/// A heading and a table of figures below it.
pub fn section(heading: &str, figures: &[Figure]) -> String {
    let mut text = format!("### {heading}\n\n");
    text.push_str("| | app | baseline | ratio | ratios of the rounds |\n|---|---:|---:|---:|---|\n");
    for figure in figures.iter().filter(|figure| !figure.app.is_empty()) {
        let digits = figure.digits;
        let ratios: Vec<_> = figure
            .app
            .iter()
            .zip(&figure.baseline)
            // What neither of them has has no ratio.
            .filter(|(_, baseline)| **baseline > 0.0)
            .map(|(app, baseline)| app / baseline)
            .collect();
        let spread: Vec<_> = ratios.iter().map(|ratio| format!("{ratio:.2}")).collect();
        let cell =
            |values: &[f64], digits| median(values).map_or("–".to_owned(), |it| format!("{it:.digits$}"));
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {} |",
            figure.name,
            cell(&figure.app, digits),
            cell(&figure.baseline, digits),
            cell(&ratios, 2),
            spread.join(" · "),
        );
    }
    text
}

fn median(values: &[f64]) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    match sorted.len() {
        0 => None,
        length if length % 2 == 0 => Some(f64::midpoint(sorted[middle - 1], sorted[middle])),
        _ => Some(sorted[middle]),
    }
}

//! Which metrics an expression of Prometheus names, with which labels: a reader of tokens, not of the grammar.

/// One metric in an expression.
#[derive(Debug)]
pub struct Selector {
    pub metric: String,
    /// Labels that it is chosen by, with the values that they must have one of; none of them for a negation or a
    /// variable.
    pub labels: Vec<(String, Vec<String>)>,
    /// Labels by which the expression groups, anywhere.
    pub grouped_by: Vec<String>,
}

#[derive(Clone, Debug, PartialEq)]
enum Token {
    Word(String),
    Text(String),
    Sign(char),
}

const GROUPING: &[&str] = &["by", "without", "on", "ignoring", "group_left", "group_right"];
const WORDS: &[&str] = &["and", "or", "unless", "bool", "offset", "inf", "nan"];

fn tokens(expression: &str) -> Vec<Token> {
    let mut rest = expression.chars().peekable();
    let mut found = Vec::new();
    while let Some(letter) = rest.next() {
        if letter == '"' {
            found.push(Token::Text(
                rest.by_ref().take_while(|letter| *letter != '"').collect(),
            ));
        } else if letter.is_ascii_alphanumeric() || "_:$.".contains(letter) {
            let mut word = letter.to_string();
            while let Some(more) =
                rest.next_if(|letter| letter.is_ascii_alphanumeric() || "_:.".contains(*letter))
            {
                word.push(more);
            }
            found.push(Token::Word(word));
        } else if !letter.is_whitespace() {
            found.push(Token::Sign(letter));
        }
    }
    found
}

/// The metrics that an expression names.
pub fn selectors(expression: &str) -> Vec<Selector> {
    let tokens = tokens(expression);
    let mut found: Vec<Selector> = Vec::new();
    let mut grouped_by = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let opens = |sign: char| tokens.get(at + 1) == Some(&Token::Sign(sign));
        match &tokens[at] {
            Token::Word(word) if GROUPING.contains(&word.as_str()) => {
                let end = closing(&tokens, at, ')');
                grouped_by.extend(tokens[at + 1..end].iter().filter_map(word_of));
                at = end;
            }
            Token::Word(word) if is_metric(word) && !opens('(') && !groups(&tokens, at + 1) => {
                let end = if opens('{') { closing(&tokens, at, '}') } else { at };
                found.push(Selector {
                    metric: word.clone(),
                    labels: labels(&tokens[at + 1..=end]),
                    grouped_by: Vec::new(),
                });
                at = end;
            }
            // A range, whose unit is no metric.
            Token::Sign('[') => at = closing(&tokens, at, ']'),
            _ => {}
        }
        at += 1;
    }
    for selector in &mut found {
        selector.grouped_by.clone_from(&grouped_by);
    }
    found
}

/// What comes before a grouping is an aggregation.
fn groups(tokens: &[Token], at: usize) -> bool {
    matches!(tokens.get(at), Some(Token::Word(word)) if GROUPING[..2].contains(&word.as_str()))
}

fn is_metric(word: &str) -> bool {
    word.starts_with(|letter: char| letter.is_ascii_alphabetic()) && !WORDS.contains(&word)
}

fn closing(tokens: &[Token], from: usize, sign: char) -> usize {
    let found = tokens[from..]
        .iter()
        .position(|token| *token == Token::Sign(sign));
    from + found.unwrap_or_else(|| panic!("no {sign} in {tokens:?}"))
}

fn word_of(token: &Token) -> Option<String> {
    match token {
        Token::Word(word) => Some(word.clone()),
        _ => None,
    }
}

fn labels(tokens: &[Token]) -> Vec<(String, Vec<String>)> {
    let mut found = Vec::new();
    let mut label = None;
    let mut negated = false;
    for token in tokens {
        match token {
            Token::Word(word) => (label, negated) = (Some(word.clone()), false),
            Token::Sign('!') => negated = true,
            Token::Text(text) => {
                let values = text.split('|').map(str::to_owned);
                let asks = !negated && !text.starts_with('$');
                found.push((label.take().unwrap(), values.filter(|_| asks).collect()));
            }
            Token::Sign(_) => {}
        }
    }
    found
}

#[test]
fn an_expression_is_read() {
    let read = selectors(
        r#"sum by (le, route) (rate(a_bucket{x="1",y=~"2|3",z!="4",instance=~"$instance"}[5m])) / b > 0.5 and c_total offset 5m"#,
    );
    let names: Vec<_> = read.iter().map(|selector| selector.metric.as_str()).collect();
    assert_eq!(names, ["a_bucket", "b", "c_total"]);
    let text = |text: &str| text.to_owned();
    assert_eq!(
        read[0].labels,
        [
            (text("x"), vec![text("1")]),
            (text("y"), vec![text("2"), text("3")]),
            (text("z"), vec![]),
            (text("instance"), vec![]),
        ]
    );
    assert_eq!(read[2].grouped_by, ["le", "route"]);
}

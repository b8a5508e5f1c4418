//! What somebody looks for in texts: `ceasefire OR truce`, `"red line"`, `drone*`, `Gao -gold`, `(talks AND Oslo) NOT football`.

use crate::error::StoreError;
use onrecord_account::tokens;

/// A search for words.
///
/// ```
/// use onrecord_store::Words;
/// assert!("ceasefire (Oslo OR Geneva) -football".parse::<Words>().is_ok());
/// assert!("\"red line".parse::<Words>().is_err());
/// assert!("NOT football".parse::<Words>().is_err());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words(Node);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Node {
    /// These words, one behind the other; of the last perhaps only the beginning.
    Phrase(Vec<String>, bool),
    Any(Vec<Node>),
    /// All of these, none of those.
    All(Vec<Node>, Vec<Node>),
}

impl std::str::FromStr for Words {
    type Err = StoreError;

    fn from_str(query: &str) -> Result<Self, StoreError> {
        let refused = |why: &str| StoreError::Refused(format!("{query:?}: no search: {why}"));
        let mut parser = Parser { tokens: cut(query).map_err(refused)?, at: 0, depth: 0 };
        let node = parser.any().map_err(refused)?;
        if parser.at < parser.tokens.len() {
            return Err(refused("there is a ) too many"));
        }
        node.map(Words).ok_or_else(|| refused("it needs a word of letters or digits"))
    }
}

impl Words {
    /// In the language of SQLite's FTS5.
    pub(crate) fn fts5(&self) -> String {
        self.0.written(&|words, prefix| format!("\"{}\"{}", words.join(" "), if prefix { " *" } else { "" }), ["OR", "AND", "NOT"])
    }

    /// In the language of PostgreSQL's `tsquery`.
    pub(crate) fn tsquery(&self) -> String {
        let phrase = |words: &[String], prefix: bool| {
            let quoted: Vec<String> = words.iter().map(|word| format!("'{word}'")).collect();
            format!("({}{})", quoted.join(" <-> "), if prefix { ":*" } else { "" })
        };
        self.0.written(&phrase, ["|", "&", "& !"])
    }

    /// Both must hold.
    pub(crate) fn and(self, other: Words) -> Words {
        Words(Node::All(vec![self.0, other.0], Vec::new()))
    }

    /// The words that a fitting text holds, for showing where.
    pub(crate) fn wanted(&self) -> Vec<&str> {
        fn collect<'n>(node: &'n Node, into: &mut Vec<&'n str>) {
            match node {
                Node::Phrase(words, _) => into.extend(words.first().map(String::as_str)),
                Node::Any(nodes) | Node::All(nodes, _) => nodes.iter().for_each(|node| collect(node, into)),
            }
        }
        let mut words = Vec::new();
        collect(&self.0, &mut words);
        words
    }
}

impl Node {
    fn written(&self, phrase: &dyn Fn(&[String], bool) -> String, [or, and, not]: [&str; 3]) -> String {
        let all = |nodes: &[Node], between: &str| {
            let parts: Vec<String> = nodes.iter().map(|node| node.written(phrase, [or, and, not])).collect();
            format!("({})", parts.join(&format!(" {between} ")))
        };
        match self {
            Node::Phrase(words, prefix) => phrase(words, *prefix),
            Node::Any(nodes) => all(nodes, or),
            Node::All(with, without) if without.is_empty() => all(with, and),
            Node::All(with, without) => format!("({} {not} {})", all(with, and), all(without, or)),
        }
    }
}

#[derive(Debug, PartialEq)]
enum Token {
    Open,
    Close,
    Or,
    And,
    Not,
    Phrase(String),
    Word(String),
}

fn cut(query: &str) -> Result<Vec<Token>, &'static str> {
    let mut tokens = Vec::new();
    let mut rest = query.trim_start();
    while let Some(c) = rest.chars().next() {
        let after = &rest[c.len_utf8()..];
        rest = match c {
            '(' => {
                tokens.push(Token::Open);
                after
            }
            ')' => {
                tokens.push(Token::Close);
                after
            }
            '-' => {
                tokens.push(Token::Not);
                after
            }
            '"' => {
                let end = after.find('"').ok_or("a \" is not closed")?;
                tokens.push(Token::Phrase(after[..end].to_owned()));
                &after[end + 1..]
            }
            _ => {
                let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '"')).unwrap_or(rest.len());
                tokens.push(match &rest[..end] {
                    "OR" => Token::Or,
                    "AND" => Token::And,
                    "NOT" => Token::Not,
                    word => Token::Word(word.to_owned()),
                });
                &rest[end..]
            }
        }
        .trim_start();
    }
    Ok(tokens)
}

/// Parentheses within parentheses: more than anybody means.
const DEEPEST: usize = 50;

struct Parser {
    tokens: Vec<Token>,
    at: usize,
    depth: usize,
}

impl Parser {
    fn next_is(&mut self, token: &Token) -> bool {
        let is = self.tokens.get(self.at) == Some(token);
        self.at += usize::from(is);
        is
    }

    fn any(&mut self) -> Result<Option<Node>, &'static str> {
        let mut nodes: Vec<Node> = self.all()?.into_iter().collect();
        while self.next_is(&Token::Or) {
            nodes.extend(self.all()?);
        }
        Ok(if nodes.len() < 2 { nodes.pop() } else { Some(Node::Any(nodes)) })
    }

    fn all(&mut self) -> Result<Option<Node>, &'static str> {
        let (mut with, mut without) = (Vec::new(), Vec::new());
        loop {
            while self.next_is(&Token::And) {}
            let not = self.next_is(&Token::Not);
            let ends = |token: &Token| matches!(token, Token::Close | Token::Or | Token::And | Token::Not);
            let Some(token) = self.tokens.get(self.at).filter(|token| !ends(token)) else { break };
            self.at += 1;
            let node = match token {
                Token::Word(word) => phrase(word, word.ends_with('*')),
                Token::Phrase(words) => phrase(words, false),
                _ => self.inner()?,
            };
            if not { without.extend(node) } else { with.extend(node) }
        }
        match (with.len(), without.len()) {
            (0, 0) => Ok(None),
            (0, _) => Err("it says only what must not be there; name a word that must"),
            (1, 0) => Ok(with.pop()),
            _ => Ok(Some(Node::All(with, without))),
        }
    }

    /// What stands behind a parenthesis, with the one that closes it.
    fn inner(&mut self) -> Result<Option<Node>, &'static str> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err("there are too many ( within each other");
        }
        let node = self.any()?;
        self.depth -= 1;
        if self.next_is(&Token::Close) { Ok(node) } else { Err("a ( is not closed") }
    }
}

fn phrase(words: &str, prefix: bool) -> Option<Node> {
    let words = tokens(words);
    (!words.is_empty()).then_some(Node::Phrase(words, prefix))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fts5(query: &str) -> String {
        query.parse::<Words>().unwrap().fts5()
    }

    #[test]
    fn words_phrases_and_signs() {
        assert_eq!(fts5("Gao"), "\"gao\"");
        assert_eq!(fts5("cease-fire drone*"), "(\"cease fire\" AND \"drone\" *)");
        assert_eq!(fts5("\"red line\" OR (Gao NOT gold)"), "(\"red line\" OR ((\"gao\") NOT (\"gold\")))");
        assert_eq!(fts5("talks -football -tennis"), "((\"talks\") NOT (\"football\" OR \"tennis\"))");
        assert_eq!(fts5("(a OR b) c"), "((\"a\" OR \"b\") AND \"c\")");
        assert_eq!("Zürich \"red line\"".parse::<Words>().unwrap().tsquery(), "(('zurich') & ('red' <-> 'line'))");
        assert_eq!("a -b".parse::<Words>().unwrap().tsquery(), "((('a')) & ! (('b')))");
    }

    #[test]
    fn what_is_no_search_is_refused() {
        for query in ["", "\"", "(a", "a)", "-a", "NOT a", "...", "\"!\""] {
            assert!(query.parse::<Words>().is_err(), "{query}");
        }
        assert!("(".repeat(10_000).parse::<Words>().is_err());
    }
}

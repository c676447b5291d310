//! Cuts a text into its units: headings, sentences, list items, table rows, code.
//!
//! The reader is line-based and forgiving on purpose. Requirement texts are Markdown, e-mails and pasted office
//! documents in turn; a strict Markdown parser would take indented prose for code and numbered clauses for lists that
//! start anew. Every byte that is not white space belongs to exactly one unit.

use crate::given::Block;
use crate::numbering::Numbering;
use crate::sentences;
use std::ops::Range;

/// What a unit is in the layout of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// A heading with its level, 1 the highest.
    Heading(u8),
    /// A sentence of running text.
    Sentence,
    /// A sentence of a list item with the depth of the item, 1 the outermost.
    Item(u8),
    /// The first row of a table.
    TableHead,
    /// Another row of a table.
    TableRow,
    /// A line of code.
    Code,
    /// Rules, table separators and other layout.
    Layout,
}

/// A unit with its place and what it stands under.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unit {
    /// Byte offsets.
    pub(crate) span: Range<usize>,
    /// Where its words start: after the marker of a list item or heading.
    pub(crate) body: usize,
    /// Its place in the layout.
    pub(crate) shape: Shape,
    /// The index of the heading above it.
    pub(crate) heading: Option<usize>,
    /// The index of the unit that leads to it: the sentence before a list, the parent of a nested item, the head of
    /// a table.
    pub(crate) parent: Option<usize>,
}

impl Unit {
    /// The index of what it stands under: the unit that leads to it, else the heading.
    pub(crate) fn above(&self) -> Option<usize> {
        self.parent.or(self.heading)
    }
}

/// A line without its marker.
struct Line {
    /// The whole line without the line break.
    all: Range<usize>,
    /// The line without indentation, marker and number.
    body: Range<usize>,
    kind: LineKind,
    /// Whether a number or label stands before its words.
    numbered: bool,
    /// Columns of indentation, a tab counting as four.
    indent: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum LineKind {
    Blank,
    Heading(u8),
    /// `---` or `===`: a rule, or the line under a heading.
    Rule,
    Fence,
    Item,
    Row,
    Text,
}

/// Cuts a text into units in reading order. Each line of a pasted schema is a unit, whether it stands in a fence or not.
pub(crate) fn units(text: &str, pasted: &[Block]) -> Vec<Unit> {
    let mut reader =
        Reader { text, units: Vec::new(), headings: Vec::new(), items: Vec::new(), lead: None, table: None };
    let lines = lines(text);
    let mut at = 0;
    let mut bare = pasted.iter().filter(|block| !block.fenced).peekable();
    while at < lines.len() {
        let start = lines[at].all.start;
        while bare.next_if(|block| block.body.end <= start).is_some() {}
        if bare.peek().is_some_and(|block| block.body.start <= start) {
            reader.push(lines[at].all.clone(), Shape::Code, reader.lead);
            at += 1;
        } else {
            at = reader.read(&lines, at);
        }
    }
    reader.units
}

struct Reader<'a> {
    text: &'a str,
    units: Vec<Unit>,
    /// Open headings with their levels.
    headings: Vec<(u8, usize)>,
    /// Open list items: indentation and first unit.
    items: Vec<(usize, usize)>,
    /// The last unit of running text, which may lead to a list.
    lead: Option<usize>,
    /// The head of the open table.
    table: Option<usize>,
}

impl Reader<'_> {
    /// Reads the block that starts at a line and returns the line after it.
    fn read(&mut self, lines: &[Line], at: usize) -> usize {
        let line = &lines[at];
        if line.kind != LineKind::Row {
            self.table = None;
        }
        match line.kind {
            LineKind::Blank => at + 1,
            LineKind::Rule => {
                self.push(line.all.clone(), Shape::Layout, None);
                at + 1
            }
            LineKind::Fence => self.code(lines, at),
            LineKind::Heading(level) => {
                self.heading(line.body.clone(), level, line);
                at + 1
            }
            LineKind::Row => {
                self.row(line);
                at + 1
            }
            LineKind::Item => self.item(lines, at),
            LineKind::Text => self.paragraph(lines, at),
        }
    }

    fn push(&mut self, span: Range<usize>, shape: Shape, parent: Option<usize>) {
        let body = span.start;
        self.push_marked(span, body, shape, parent);
    }

    /// Adds a unit whose words start after a marker.
    fn push_marked(&mut self, span: Range<usize>, body: usize, shape: Shape, parent: Option<usize>) {
        let span = trimmed(self.text, span);
        if !span.is_empty() {
            let heading = self.headings.last().map(|(_, unit)| *unit);
            let body = body.clamp(span.start, span.end);
            self.units.push(Unit { span, body, shape, heading, parent });
        }
    }

    fn heading(&mut self, body: Range<usize>, level: u8, line: &Line) {
        self.headings.retain(|(open, _)| *open < level);
        self.items.clear();
        self.lead = None;
        // The marker belongs to the heading's unit, so that no byte of the text is left out.
        let span = trimmed(self.text, line.all.start..body.end.max(line.all.end));
        if !span.is_empty() {
            let above = self.headings.last().map(|(_, unit)| *unit);
            let start = body.start.clamp(span.start, span.end);
            self.units.push(Unit {
                span,
                body: start,
                shape: Shape::Heading(level),
                heading: above,
                parent: None,
            });
            self.headings.push((level, self.units.len() - 1));
        }
    }

    fn code(&mut self, lines: &[Line], at: usize) -> usize {
        let mut end = at + 1;
        self.push(lines[at].all.clone(), Shape::Layout, None);
        // Scenarios in a fence are sentences all the same.
        let info = self.text[lines[at].body.clone()].trim_start_matches(['`', '~']).trim();
        let spoken = ["gherkin", "feature", "cucumber"].iter().any(|word| info.eq_ignore_ascii_case(word));
        let shape = if spoken { Shape::Sentence } else { Shape::Code };
        while end < lines.len() && lines[end].kind != LineKind::Fence {
            self.push(lines[end].all.clone(), shape, self.lead);
            end += 1;
        }
        if let Some(close) = lines.get(end) {
            self.push(close.all.clone(), Shape::Layout, None);
        }
        end + 1
    }

    fn row(&mut self, line: &Line) {
        let body = &self.text[line.all.clone()];
        if body.chars().all(|c| matches!(c, '|' | '-' | ':' | ' ' | '\t' | '=' | '+')) {
            self.push(line.all.clone(), Shape::Layout, None);
            return;
        }
        let before = self.units.len();
        match self.table {
            None => {
                self.push(line.all.clone(), Shape::TableHead, self.lead);
                self.table = (self.units.len() > before).then_some(before);
            }
            Some(head) => self.push(line.all.clone(), Shape::TableRow, Some(head)),
        }
    }

    fn item(&mut self, lines: &[Line], at: usize) -> usize {
        let line = &lines[at];
        self.items.retain(|(indent, _)| *indent < line.indent);
        let parent = self.items.last().map(|(_, unit)| *unit).or(self.lead);
        let depth = u8::try_from(self.items.len() + 1).unwrap_or(u8::MAX);
        // Lines that are indented further and carry no marker of their own go on with the item.
        let mut end = at + 1;
        while end < lines.len()
            && lines[end].kind == LineKind::Text
            && continues(self.text, &lines[end - 1], &lines[end])
        {
            end += 1;
        }
        let first = self.units.len();
        let whole = line.all.start..lines[end - 1].all.end;
        for (n, sentence) in sentences::split(self.text, line.body.start..whole.end).into_iter().enumerate() {
            // The marker belongs to the first sentence of the item.
            let body = sentence.start;
            let span = if n == 0 { whole.start..sentence.end } else { sentence };
            self.push_marked(span, body, Shape::Item(depth), parent);
        }
        if self.units.len() == first {
            self.push(whole, Shape::Layout, None);
        } else {
            self.items.push((line.indent, first));
        }
        end
    }

    fn paragraph(&mut self, lines: &[Line], at: usize) -> usize {
        let mut end = at + 1;
        while end < lines.len()
            && lines[end].kind == LineKind::Text
            && continues(self.text, &lines[end - 1], &lines[end])
        {
            end += 1;
        }
        // What stands before the words, such as the mark of a quotation, belongs to the first sentence.
        let span = lines[at].body.start..lines[end - 1].all.end;
        let all = lines[at].all.start;
        if lines.get(end).is_some_and(|next| next.kind == LineKind::Rule)
            && end == at + 1
            && underline(self.text, &lines[end])
        {
            let level = if self.text[lines[end].body.clone()].starts_with('=') { 1 } else { 2 };
            self.heading(span, level, &lines[at]);
            self.push(lines[end].all.clone(), Shape::Layout, None);
            return end + 1;
        }
        let alone = end == at + 1 && lines.get(end).is_none_or(|next| next.kind != LineKind::Text);
        if (alone || leads(self.text, &lines[at..end], lines.get(end)))
            && looks_like_heading(self.text[span.clone()].trim(), lines[at].numbered)
        {
            self.heading(span, 4, &lines[at]);
            return end;
        }
        if lines[at].indent == 0 {
            self.items.clear();
        }
        let parent = self.items.last().map(|(_, unit)| *unit);
        for (n, sentence) in sentences::split(self.text, span).into_iter().enumerate() {
            let whole = if n == 0 { all } else { sentence.start }..sentence.end;
            self.push_marked(whole, sentence.start, Shape::Sentence, parent);
            self.lead = self.units.len().checked_sub(1);
        }
        end
    }
}

/// Whether a line goes on with the one before it.
fn continues(text: &str, before: &Line, line: &Line) -> bool {
    let (head, tail) = (text[before.all.clone()].trim_end(), text[line.body.clone()].trim_start());
    if line.numbered {
        return false;
    }
    if head.ends_with(['.', '!', '?', ':', ';']) || crate::stories::starts_story(tail) {
        return false;
    }
    // The steps of a scenario stand on lines of their own.
    let step = |line: &str| {
        let first = line.split([' ', ':']).next().unwrap_or_default();
        matches!(first, "Given" | "When" | "Then" | "And" | "But" | "Scenario" | "Background")
    };
    if step(tail) && step(text[before.body.clone()].trim_start()) {
        return false;
    }
    let lower = tail.chars().next().is_some_and(char::is_lowercase);
    let hanging = head.rsplit(char::is_whitespace).next().is_some_and(|word| {
        let word = word.to_lowercase();
        word.ends_with(',')
            || knowledge::holds(
                knowledge::DETERMINERS.or(knowledge::PREPOSITIONS).or(knowledge::CONJUNCTIONS),
                &word,
            )
    });
    lower || hanging || head.chars().count() >= 65
}

/// Whether a numbered line of its own is followed by one without a number, for which it is the heading: two numbered lines
/// one after the other are requirements.
fn leads(text: &str, lines: &[Line], next: Option<&Line>) -> bool {
    let [line] = lines else { return false };
    let deeper = |next: &Line| !next.numbered || section_depth(text, next) > section_depth(text, line);
    line.numbered && next.is_some_and(|next| next.kind == LineKind::Text && deeper(next))
}

/// How many parts the number of a line has.
fn section_depth(text: &str, line: &Line) -> usize {
    let mark = &text[line.all.start..line.body.start];
    mark.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).count()
}

/// A line without closing punctuation that stands alone and is short, such as `Functional requirements` or
/// `3.2.1 Order entry`. Its number is no part of it.
fn looks_like_heading(line: &str, numbered: bool) -> bool {
    // Most lines end as sentences do.
    if line.ends_with(['.', '!', '?', ';', ',']) {
        return false;
    }
    let words = line.split_whitespace().take(LONGEST_HEADING + 1).count();
    let numbered = numbered || line.starts_with(|c: char| c.is_ascii_digit()) && line.contains('.');
    let capital = line.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase);
    let shouted = || line.chars().any(char::is_alphabetic) && !line.chars().any(char::is_lowercase);
    let bold =
        line.starts_with("**") && (line.ends_with("**") || line.ends_with("**:") || line.ends_with(":**"));
    words <= LONGEST_HEADING
        && (bold
            || capital
                && (numbered
                    || shouted()
                    || words <= 4 && !line.contains([':', ','])
                    || line.ends_with(':') && words <= 5))
}

/// The most words of a line that is taken for a heading.
const LONGEST_HEADING: usize = 8;

/// `===` or `---` of at least three characters.
fn underline(text: &str, line: &Line) -> bool {
    let body = text[line.body.clone()].trim();
    body.len() >= 3 && (body.chars().all(|c| c == '=') || body.chars().all(|c| c == '-'))
}

fn lines(text: &str) -> Vec<Line> {
    let mut at = 0;
    let mut lines: Vec<Line> = text
        .split_inclusive('\n')
        .map(|raw| {
            let all = at..at + raw.trim_end_matches(['\n', '\r']).len();
            at += raw.len();
            line(text, all)
        })
        .collect();
    let worded =
        |line: &&mut Line| matches!(line.kind, LineKind::Text | LineKind::Item | LineKind::Heading(_));
    let numbering = Numbering::of(lines.iter_mut().filter(worded).map(|line| &text[line.body.clone()]));
    for line in lines.iter_mut().filter(worded) {
        if let Some(marker) = numbering.marker(&text[line.body.clone()]) {
            let rest = &text[line.body.start + marker..line.body.end];
            line.body.start += marker + rest.len() - rest.trim_start().len();
            line.numbered = true;
        }
    }
    title_items(text, &mut lines);
    lines
}

/// Takes items with a number that are titles for headings: "2. Functional requirements" before "2.1 The system shall …", and
/// "1. Background" before a paragraph where the text has another such title.
fn title_items(text: &str, lines: &mut [Line]) {
    let mut below = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let marker = &text[line.all.start..line.body.start];
        let digits = marker.trim_end().strip_suffix('.').filter(|digits| digits.parse::<u32>().is_ok());
        let (LineKind::Item, 0, Some(number), false) = (line.kind, line.indent, digits, line.numbered) else {
            continue;
        };
        let next = lines[at + 1..].iter().find(|next| next.kind != LineKind::Blank);
        let Some(next) = next.filter(|_| looks_like_heading(text[line.body.clone()].trim(), true)) else {
            continue;
        };
        let section = next.numbered
            && text[next.all.clone()].strip_prefix(number).is_some_and(|rest| rest.starts_with('.'));
        if section || next.kind == LineKind::Text && next.indent == 0 && !continues(text, line, next) {
            below.push((at, section));
        }
    }
    let several = below.len() > 1;
    for (at, section) in below {
        if several || section {
            lines[at].kind = LineKind::Heading(4);
            lines[at].numbered = true;
        }
    }
}

fn line(text: &str, all: Range<usize>) -> Line {
    let raw = &text[all.clone()];
    let rest = raw.trim_start_matches([' ', '\t', '>', '\u{feff}', '\u{a0}']);
    let indent = raw[..raw.len() - rest.len()].chars().map(|c| if c == '\t' { 4 } else { 1 }).sum();
    let start = all.end - rest.len();
    let kind_and_body = |kind, marker: usize| {
        let skipped = rest[marker..].len() - rest[marker..].trim_start().len();
        (kind, start + marker + skipped..all.end)
    };
    let hashes = rest.bytes().take_while(|b| *b == b'#').count();
    let (kind, body) = if raw.trim().is_empty() {
        kind_and_body(LineKind::Blank, 0)
    } else if rest.trim().is_empty() {
        kind_and_body(LineKind::Rule, 0)
    } else if rest.starts_with("```") || rest.starts_with("~~~") {
        kind_and_body(LineKind::Fence, 0)
    } else if (1..=6).contains(&hashes) && rest[hashes..].starts_with([' ', '\t']) {
        kind_and_body(LineKind::Heading(u8::try_from(hashes).unwrap_or(6)), hashes)
    } else if rest.starts_with("![") && rest.trim_end().ends_with(')') && rest.matches("](").count() == 1 {
        // A line that only shows a picture.
        kind_and_body(LineKind::Rule, 0)
    } else if rest.trim().len() >= 3 && rest.trim().chars().all(|c| matches!(c, '-' | '=' | '*' | '_')) {
        kind_and_body(LineKind::Rule, 0)
    } else if rest.starts_with('|') {
        kind_and_body(LineKind::Row, 0)
    } else if let Some(marker) = item_marker(rest) {
        kind_and_body(LineKind::Item, marker)
    } else {
        kind_and_body(LineKind::Text, 0)
    };
    Line { all, body, kind, indent, numbered: false }
}

/// The length of a list marker at the start of a line: `-`, `*`, `+`, `•`, `1.`, `2)`, `(a)`, `iv.`.
fn item_marker(line: &str) -> Option<usize> {
    let first = line.chars().next()?;
    if matches!(first, '-' | '*' | '+' | '•' | '‣' | '▪' | '◦' | '–' | '—' | '·' | '●' | '○' | '\u{f0b7}')
    {
        let after = &line[first.len_utf8()..];
        return after.starts_with([' ', '\t', '\u{a0}']).then_some(first.len_utf8());
    }
    let open = usize::from(first == '(');
    let digits = line[open..].bytes().take_while(u8::is_ascii_digit).count();
    let letters = line[open..].bytes().take_while(u8::is_ascii_alphabetic).count();
    let label = if digits > 0 && digits <= 3 {
        digits
    } else if letters == 1 || letters <= 4 && roman(&line[open..open + letters]) {
        letters
    } else {
        0
    };
    if label == 0 {
        return None;
    }
    let close = line[open + label..].chars().next()?;
    let end = open + label + 1;
    let closed = close == ')' || close == '.' && open == 0;
    (closed && line[end..].starts_with([' ', '\t'])).then_some(end)
}

fn roman(label: &str) -> bool {
    !label.is_empty() && label.bytes().all(|b| matches!(b, b'i' | b'v' | b'x'))
}

fn trimmed(text: &str, span: Range<usize>) -> Range<usize> {
    let part = &text[span.clone()];
    let start = span.start + part.len() - part.trim_start().len();
    start..start + part.trim().len()
}

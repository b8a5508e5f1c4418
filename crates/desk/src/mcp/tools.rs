//! The tools.

use super::asked::{Compare, Figures, Kind, Named, Positions, Question, Search};
use super::told;
use crate::links;
use crate::pool::Pool;
use crate::problem::Problem;
use onrecord_account::{Days, Line, as_of, timeline};
use onrecord_export::Prose;
use onrecord_store::{Asked, Standing, Store};
use rmcp::handler::server::wrapper::Parameters;
use rmcp::model::{CallToolResult, ContentBlock, Implementation, ServerCapabilities, ServerConfig};
use rmcp::{ServerHandler, tool, tool_handler, tool_router};
use serde_json::{Value, json};

/// Days of a timeline.
const MOMENTS: usize = 100;

/// What an assistant may ask.
#[derive(Clone)]
pub struct Tools {
    pool: Pool,
    /// Before every permalink.
    base: String,
}

#[tool_router]
impl Tools {
    /// Tools over this store, with permalinks to a desk at `base`.
    pub fn new(pool: Pool, base: &str) -> Self {
        Tools { pool, base: base.to_owned() }
    }

    #[tool(
        description = "Search the record: events, statements, positions, figures, actors or reports that fit words and filters, the latest first (reports by words: the best first). Each with its permalink and the exact words.",
        annotations(title = "Search the record", read_only_hint = true, open_world_hint = false)
    )]
    async fn search(&self, Parameters(search): Parameters<Search>) -> CallToolResult {
        self.answer(move |store, base| found(store, &search, base)).await
    }

    #[tool(
        description = "One line of the record by its name, as it is now: what it says, who says so, the exact words, its permalink.",
        annotations(title = "One record", read_only_hint = true, open_world_hint = false)
    )]
    async fn get_record(&self, Parameters(Named { name }): Parameters<Named>) -> CallToolResult {
        let work = move |store: &mut Store, base: &str| match store.line(&name)? {
            Some(line) => lines(store, &[line], base).map(|mut lines| json!({"record": lines.pop()})),
            None => Ok(json!({"record": null, "withdrawn": name, "says": "no report tells this any more, as they are read now"})),
        };
        self.answer(work).await
    }

    #[tool(
        description = "Everything behind one line: the exact words of every report that tells it with giver, factuality and the rule that decided, why the reports were taken for one, what people decided, what became of its name.",
        annotations(title = "Evidence", read_only_hint = true, open_world_hint = false)
    )]
    async fn evidence(&self, Parameters(Named { name }): Parameters<Named>) -> CallToolResult {
        let work = move |store: &mut Store, base: &str| {
            let why = store.why(&name)?;
            let permalink = why.name.as_deref().map(|name| format!("{base}{}", links::record(name)));
            Ok(json!({
                "asked": why.asked,
                "name": why.name,
                "permalink": permalink,
                "evidence": why.sources.iter().map(|source| told::source(source, base)).collect::<Vec<_>>(),
                "joined": why.joined,
                "decisions": why.decisions,
                "changes": why.changes,
            }))
        };
        self.answer(work).await
    }

    #[tool(
        description = "What happened, was said and changed, day by day, the earliest first: of what fits words and filters, at most 100 moments.",
        annotations(title = "Timeline", read_only_hint = true, open_world_hint = false)
    )]
    async fn timeline(&self, Parameters(question): Parameters<Question>) -> CallToolResult {
        self.answer(move |store, base| days(store, &question.asked()?, base)).await
    }

    #[tool(
        description = "What parties offer, demand, commit to, accept and refuse, on which conditions, with the history of each position; as it is, or as it stood on a day.",
        annotations(title = "Positions", read_only_hint = true, open_world_hint = false)
    )]
    async fn positions(&self, Parameters(positions): Parameters<Positions>) -> CallToolResult {
        let work = move |store: &mut Store, base: &str| {
            let mut asked = positions.question.asked()?;
            asked.fits(onrecord_account::Kind::Position)?;
            let mut found = Vec::new();
            if let Some(date) = &positions.as_of {
                asked.filter("until", date)?;
                let last = Days::parse(date, None).map_or(i32::MAX, |days| days.last);
                found.extend(store.ask(onrecord_account::Kind::Position, &asked)?.into_iter().filter_map(|line| as_of(line, last)));
            } else {
                found.extend(store.ask(onrecord_account::Kind::Position, &asked)?);
            }
            Ok(json!({"as_of": positions.as_of, "records": lines(store, &found, base)?}))
        };
        self.answer(work).await
    }

    #[tool(
        description = "What was counted (killed, wounded, displaced, launched, money ...), as series in which no value is overwritten: who gives which value, what revises and what contradicts. Figures are asked for by their events: type: and place: are the event's.",
        annotations(title = "Figures", read_only_hint = true, open_world_hint = false)
    )]
    async fn figures(&self, Parameters(figures): Parameters<Figures>) -> CallToolResult {
        let work = move |store: &mut Store, base: &str| {
            let asked = figures.question.asked()?;
            asked.fits(onrecord_account::Kind::Event)?;
            let page = store.page_of_figures(&asked, figures.conflicts, None)?;
            Ok(json!({"records": lines(store, &page.lines, base)?, "more": page.next.is_some()}))
        };
        self.answer(work).await
    }

    #[tool(
        description = "Compare reports: which events, statements and positions they share, what only one of them has, and where their figures differ.",
        annotations(title = "Compare reports", read_only_hint = true, open_world_hint = false)
    )]
    async fn compare(&self, Parameters(Compare { reports }): Parameters<Compare>) -> CallToolResult {
        self.answer(move |store, base| compared(store, &reports, base)).await
    }

    /// Asks the store, and says what went wrong so that the assistant can mend its question.
    async fn answer(&self, work: impl FnOnce(&mut Store, &str) -> Result<Value, Problem> + Send + 'static) -> CallToolResult {
        let base = self.base.clone();
        match self.pool.with(move |store| work(store, &base)).await {
            Ok(mut answer) => {
                answer["note"] = told::QUOTED.into();
                CallToolResult::structured(answer)
            }
            Err(problem) => CallToolResult::error(vec![ContentBlock::text(problem.message)]),
        }
    }
}

#[tool_handler]
impl ServerHandler for Tools {
    fn get_info(&self) -> ServerConfig {
        let mut info = ServerConfig::new(ServerCapabilities::builder().enable_tools().build());
        info.server_info = Implementation::new("onrecord", env!("CARGO_PKG_VERSION"));
        info.instructions = Some(format!(
            "A sourced record of conflict and diplomacy, read from news reports: events, statements, positions, figures, each with the exact words \
             and with who says so. Cite the permalink and the outlet of what you use; say who gives a number. {}",
            told::QUOTED
        ));
        info
    }
}

/// Lines as they are given, with their words.
fn lines(store: &Store, found: &[Line], base: &str) -> Result<Vec<Value>, Problem> {
    let mut prose = Prose::new(Box::new(|id| Ok(store.report(id)?)));
    found.iter().map(|line| Ok(told::line(line, told::sayings(&mut prose, line)?, base))).collect()
}

fn found(store: &Store, search: &Search, base: &str) -> Result<Value, Problem> {
    use onrecord_account::Kind as Of;
    let asked = search.question.asked()?;
    let after = search.after.as_deref().map(str::parse).transpose()?;
    let kind = match search.kind {
        Kind::Reports => {
            let hits = store.search(&asked)?;
            let report = |(line, words): &(Line, String)| {
                let source = match line {
                    Line::Document { outlet, title, published, .. } => {
                        [outlet, title, published].into_iter().flatten().cloned().collect::<Vec<_>>().join(", ")
                    }
                    _ => String::new(),
                };
                told::quoted(words, line.id(), &source, base)
            };
            return Ok(json!({"reports": hits.iter().map(report).collect::<Vec<_>>()}));
        }
        Kind::Figures => {
            asked.fits(Of::Event)?;
            let page = store.page_of_figures(&asked, false, after.as_ref())?;
            let next = page.next.map(|next| next.to_string());
            return Ok(json!({"records": lines(store, &page.lines, base)?, "next": next}));
        }
        Kind::Events => Of::Event,
        Kind::Statements => Of::Statement,
        Kind::Positions => Of::Position,
        Kind::Actors => Of::Actor,
    };
    asked.fits(kind)?;
    let page = store.page(kind, &asked, after.as_ref())?;
    Ok(json!({"records": lines(store, &page.lines, base)?, "next": page.next.map(|next| next.to_string())}))
}

fn days(store: &Store, asked: &Asked, base: &str) -> Result<Value, Problem> {
    let story = store.story(asked)?;
    let moments = timeline(&story, asked.since, asked.until);
    let mut prose = Prose::new(Box::new(|id| Ok(store.report(id)?)));
    let mut told = Vec::new();
    for moment in moments.iter().take(MOMENTS) {
        let said = prose.say(moment.line, moment.what)?;
        let evidence: Vec<Value> =
            said.quotes.iter().map(|quote| told::quoted(&quote.words, &quote.document, &quote.source, base)).collect();
        let permalink = format!("{base}{}", links::record(moment.line.id()));
        told.push(json!({"date": moment.date, "says": said.sentence, "name": moment.line.id(), "permalink": permalink, "evidence": evidence}));
    }
    Ok(json!({"moments": told, "more": moments.len().saturating_sub(MOMENTS)}))
}

fn compared(store: &Store, reports: &[String], base: &str) -> Result<Value, Problem> {
    if !(2..=10).contains(&reports.len()) {
        return Err(Problem::wrong("compare takes the ids of two to ten reports"));
    }
    let standings =
        reports.iter().map(|id| Ok((id, store.standing(id)?))).collect::<Result<Vec<(&String, Vec<Standing>)>, Problem>>()?;
    let mut names: Vec<&str> = standings.iter().flat_map(|(_, all)| all.iter().map(|standing| standing.name.as_str())).collect();
    names.sort_unstable();
    names.dedup();
    let (mut shared, mut alone) = (Vec::new(), Vec::new());
    for name in names {
        let tellers: Vec<&String> =
            standings.iter().filter(|(_, all)| all.iter().any(|standing| standing.name == name)).map(|(id, _)| *id).collect();
        let entry = json!({"name": name, "permalink": format!("{base}{}", links::record(name)), "reports": tellers});
        if tellers.len() > 1 { shared.push(entry) } else { alone.push(entry) }
    }
    let differs = |(id, all): &(&String, Vec<Standing>)| {
        let others = all.iter().flat_map(|standing| standing.differs.iter().map(move |other| (standing, other)));
        let among = others.filter(|(_, other)| reports.contains(&other.document));
        among
            .map(|(standing, other)| json!({"name": standing.name, "report": id, "other": other.document, "is": other.is}))
            .collect::<Vec<_>>()
    };
    let differences: Vec<Value> = standings.iter().flat_map(differs).collect();
    Ok(json!({"shared": shared, "only_one": alone, "differences": differences}))
}

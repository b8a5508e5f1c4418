//! The `robots.txt` of each site, kept for a while.

use super::transfer::{Answer, Transfer};
use super::{Clock, Limits, PROGRAM, Robots, Validators, Why, robots, web};
use jiff::Timestamp;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use url::Url;

/// As long as the standard lets rules be kept.
const KEPT: Duration = Duration::from_secs(24 * 60 * 60);

/// How long a site is left alone whose rules cannot be had.
const UNKNOWN: Duration = Duration::from_secs(10 * 60);

/// Sites whose rules are kept at once.
const MOST_SITES: usize = 10_000;

/// Redirects of a `robots.txt` that the standard wants followed.
const REDIRECTS: usize = 5;

#[derive(Default)]
pub(crate) struct Rules {
    sites: Mutex<HashMap<String, (Option<Robots>, Timestamp)>>,
}

impl Rules {
    /// The rules of the site of `url`.
    ///
    /// # Errors
    /// When its host may not be connected to or is not there, or when rules may exist and cannot be had.
    pub(crate) fn of(
        &self,
        url: &Url,
        transfer: &Transfer,
        limits: &Limits,
        left: &mut Duration,
        clock: &dyn Clock,
    ) -> Result<Robots, Why> {
        let site = url.origin().ascii_serialization();
        let now = clock.now();
        {
            let sites = self.sites.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some((robots, until)) = sites.get(&site)
                && *until > now
            {
                return robots.clone().ok_or(Why::RobotsUnknown);
            }
        }
        // Two threads may both ask; that is better than one waiting for the other's slow server.
        let (robots, kept) = match ask(url, transfer, limits, left, now) {
            Ok(robots) => (Some(robots), KEPT),
            Err(Why::RobotsUnknown) => (None, UNKNOWN),
            Err(why) => return Err(why),
        };
        let mut sites = self.sites.lock().unwrap_or_else(PoisonError::into_inner);
        if sites.len() >= MOST_SITES {
            sites.clear();
        }
        sites.insert(site, (robots.clone(), now.saturating_add(kept).unwrap_or(now)));
        robots.ok_or(Why::RobotsUnknown)
    }
}

fn ask(url: &Url, transfer: &Transfer, limits: &Limits, left: &mut Duration, now: Timestamp) -> Result<Robots, Why> {
    let mut at = url.join("/robots.txt").map_err(|error| Why::Address(error.to_string()))?;
    let limits = Limits { bytes: robots::LONGEST as u64, unpacked: robots::LONGEST as u64, ..limits.clone() };
    for _ in 0..=REDIRECTS {
        match transfer.send(&at, &Validators::default(), &limits, left, now) {
            Ok(Answer::Page(response)) => return Ok(Robots::parse(&String::from_utf8_lossy(&response.body), PROGRAM)),
            // As if there were no rules, says the standard; too many requests are trouble, says everybody.
            Ok(Answer::Refused(status)) if (400..500).contains(&status) => return Ok(Robots::default()),
            Ok(Answer::Elsewhere { location, .. }) => match location.and_then(|location| at.join(&location).ok()) {
                Some(next) if web(next.as_str()).is_ok() => at = next,
                _ => return Ok(Robots::default()),
            },
            Ok(Answer::Refused(_) | Answer::Busy { .. } | Answer::Unchanged) => return Err(Why::RobotsUnknown),
            // What is longer than anybody reads, or no HTTP, is no such file.
            Err(Why::TooLong(_) | Why::Protocol(_) | Why::Encoding(_)) => return Ok(Robots::default()),
            Err(why) => return Err(why),
        }
    }
    Ok(Robots::default())
}

use jiff::civil::{ISOWeekDate, Weekday};

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// A date of a record as people write it. What is not one of the record's forms stays as it is.
///
/// ```
/// use onrecord_view::human_date;
/// assert_eq!(human_date("2025-02-22/2025-02-23"), "22–23 Feb 2025");
/// assert_eq!(human_date("2025-02-28/2025-03-02"), "28 Feb – 2 Mar 2025");
/// assert_eq!(human_date("2016-10-17/.."), "since 17 Oct 2016");
/// assert_eq!(human_date("2025-W08"), "week of 17 Feb 2025");
/// ```
pub fn human_date(iso: &str) -> String {
    written(iso).unwrap_or_else(|| iso.to_owned())
}

/// A day, month or year: as much as is known.
#[derive(Clone, Copy, PartialEq)]
struct Point {
    year: i16,
    month: Option<usize>,
    day: Option<i8>,
}

fn written(iso: &str) -> Option<String> {
    let Some((from, to)) = iso.split_once('/') else { return one(iso) };
    match (from, to) {
        (from, "..") => Some(format!("since {}", one(from)?)),
        ("..", to) => Some(format!("until {}", one(to)?)),
        (from, to) => {
            let (Some(a), Some(b)) = (point(from), point(to)) else { return Some(format!("{} – {}", one(from)?, one(to)?)) };
            Some(if a == b {
                a.to_string()
            } else if (a.year, a.month) == (b.year, b.month) && a.day.is_some() && b.day.is_some() {
                format!("{}–{b}", a.day?)
            } else if a.year == b.year && a.month.is_some() && b.month.is_some() {
                format!("{} – {b}", a.without_year())
            } else {
                format!("{a} – {b}")
            })
        }
    }
}

fn one(iso: &str) -> Option<String> {
    if let Some((year, week)) = iso.split_once("-W") {
        let monday = ISOWeekDate::new(year.parse().ok()?, week.parse().ok()?, Weekday::Monday).ok()?;
        return Some(format!("week of {}", point(&monday.date().to_string())?));
    }
    let (day, time) = iso.split_once('T').map_or((iso, None), |(day, time)| (day, Some(time)));
    let point = point(day)?;
    Some(time.map_or_else(|| point.to_string(), |time| format!("{point} {time}")))
}

fn point(iso: &str) -> Option<Point> {
    let mut fields = iso.split('-');
    let year = fields.next().filter(|year| year.len() == 4)?.parse().ok()?;
    let month = fields.next().map(|month| month.parse::<usize>().ok().filter(|m| (1..=12).contains(m)).ok_or(()));
    let day = fields.next().map(|day| day.parse::<i8>().ok().filter(|d| (1..=31).contains(d)).ok_or(()));
    let point = Point { year, month: month.transpose().ok()?, day: day.transpose().ok()? };
    fields.next().is_none().then_some(point)
}

impl Point {
    fn without_year(self) -> String {
        match (self.day, self.month) {
            (Some(day), Some(month)) => format!("{day} {}", MONTHS[month - 1]),
            (_, Some(month)) => MONTHS[month - 1].into(),
            _ => String::new(),
        }
    }
}

impl std::fmt::Display for Point {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.month {
            Some(_) => write!(f, "{} {}", self.without_year(), self.year),
            None => write!(f, "{}", self.year),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::human_date;

    #[test]
    fn every_form_of_a_record() {
        for (iso, human) in [
            ("2025-02-23", "23 Feb 2025"),
            ("2025-02", "Feb 2025"),
            ("2022", "2022"),
            ("2024-12-30/2025-01-02", "30 Dec 2024 – 2 Jan 2025"),
            ("2025-02/2025-04", "Feb – Apr 2025"),
            ("2019/2022", "2019 – 2022"),
            ("../2025-02-23", "until 23 Feb 2025"),
            ("2025-02-23/2025-02-23", "23 Feb 2025"),
            ("2025-02-23T14:30", "23 Feb 2025 14:30"),
            ("2025-W08/2025-W09", "week of 17 Feb 2025 – week of 24 Feb 2025"),
            ("soon", "soon"),
            ("2025-13-01", "2025-13-01"),
            ("/", "/"),
        ] {
            assert_eq!(human_date(iso), human);
        }
    }
}

//! The account's lines from what is kept.

use crate::error::{Failed, StoreError};
use crate::open::Store;
use crate::teller::{Members, Teller};
use onrecord_account::{Kind, Line};

/// The order of the account: the first members of groups, then members, by day of publication, report, place in the report.
const ORDER: &str =
    "fd.published IS NULL, fd.published, fd.name, f.number, n.grp, d.published IS NULL, d.published, d.name, t.number";

impl Store {
    /// Hands out every line of the account, in its order, as it is now: what is added meanwhile is not in it.
    ///
    /// # Errors
    /// When the database refuses or what is kept is damaged, or with what `take` gives.
    pub fn account<E: From<StoreError>>(&self, mut take: impl FnMut(Line) -> Result<(), E>) -> Result<(), E> {
        self.snapshot(|| {
            let mut teller = self.begin(&mut take)?;
            for (root, members) in self.groups(Kind::Event)? {
                teller.group(Kind::Event, root, &members)?.into_iter().try_for_each(&mut take)?;
            }
            for (_, members) in self.groups(Kind::Event)? {
                teller.series(&members)?.into_iter().try_for_each(&mut take)?;
            }
            self.rest(&mut teller, &mut take)
        })
    }

    /// As [`Store::account`], but each event is followed by its own series: for whoever writes both together and holds no lines.
    ///
    /// # Errors
    /// As [`Store::account`].
    pub fn account_by_event<E: From<StoreError>>(&self, mut take: impl FnMut(Line) -> Result<(), E>) -> Result<(), E> {
        self.snapshot(|| {
            let mut teller = self.begin(&mut take)?;
            for (root, members) in self.groups(Kind::Event)? {
                teller.group(Kind::Event, root, &members)?.into_iter().try_for_each(&mut take)?;
                teller.series(&members)?.into_iter().try_for_each(&mut take)?;
            }
            self.rest(&mut teller, &mut take)
        })
    }

    /// Documents and actors.
    fn begin<E: From<StoreError>>(&self, take: &mut impl FnMut(Line) -> Result<(), E>) -> Result<Teller<'_>, E> {
        let mut teller = Teller::new(self);
        for document in self.each_document()? {
            take(teller.document(document)?)?;
        }
        for root in self.actors()? {
            take(teller.actor(root)?)?;
        }
        Ok(teller)
    }

    /// Figures of no event, positions, statements.
    fn rest<E: From<StoreError>>(&self, teller: &mut Teller, take: &mut impl FnMut(Line) -> Result<(), E>) -> Result<(), E> {
        for document in self.each_document()? {
            teller.loose_figures(document)?.into_iter().try_for_each(&mut *take)?;
        }
        for kind in [Kind::Position, Kind::Statement] {
            for (root, members) in self.groups(kind)? {
                teller.group(kind, root, &members)?.into_iter().try_for_each(&mut *take)?;
            }
        }
        Ok(())
    }

    /// Questions that all see the same state.
    pub(crate) fn snapshot<T, E: From<StoreError>>(&self, work: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
        self.db.read(|| work().map_err(Failed::Work)).map_err(|failed| match failed {
            Failed::Db(source) => self.failed(source).into(),
            Failed::Work(error) => error,
        })
    }

    pub(crate) fn each_document(&self) -> Result<Vec<i64>, StoreError> {
        let query = "SELECT id FROM document ORDER BY published IS NULL, published, name";
        self.db.all(query, &[], |row| row.get(0)).map_err(|source| self.failed(source))
    }

    /// The nodes that stand for groups of actors, in the order of the account.
    fn actors(&self) -> Result<Vec<i64>, StoreError> {
        let query = "SELECT r.id FROM thing r JOIN thing f ON f.id = r.lead JOIN document d ON d.id = f.document \
                     WHERE r.kind = ?1 AND r.node = r.id AND r.grp = r.id \
                     ORDER BY d.published IS NULL, d.published, d.name, f.number";
        self.db.all(query, &[(Kind::Actor as i64).into()], |row| row.get(0)).map_err(|source| self.failed(source))
    }

    /// All groups of a kind with their members, in the order of the account.
    fn groups(&self, kind: Kind) -> Result<Vec<(i64, Members)>, StoreError> {
        let query = format!(
            "SELECT n.grp, t.document, t.number FROM thing t JOIN thing n ON n.id = t.node JOIN thing r ON r.id = n.grp \
             JOIN thing f ON f.id = r.lead JOIN document d ON d.id = t.document JOIN document fd ON fd.id = f.document \
             WHERE t.kind = ?1 ORDER BY {ORDER}"
        );
        let mut groups: Vec<(i64, Members)> = Vec::new();
        let done = self.db.each(&query, &[(kind as i64).into()], &mut |row| {
            let root = row.get(0)?;
            let member = (row.get(1)?, usize::try_from(row.get::<i64>(2)?).unwrap_or(0));
            match groups.last_mut().filter(|(last, _)| *last == root) {
                Some((_, members)) => members.push(member),
                None => groups.push((root, vec![member])),
            }
            Ok(true)
        });
        done.map(|()| groups).map_err(|source| self.failed(source))
    }
}

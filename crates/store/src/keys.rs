//! Keys by which programs and people on other machines may ask at the desk.

use crate::error::StoreError;
use crate::open::Store;
use serde::{Deserialize, Serialize};

/// What a key is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// Asking.
    Read,
    /// Asking and deciding.
    Write,
}

/// A key; nobody can tell from it what it opens the door with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Key {
    /// Whose it is: what is decided with it is decided in this name.
    pub name: String,
    /// What it is for.
    pub scope: Scope,
    /// When it was made, ISO 8601.
    pub made: String,
    /// When it was taken back.
    pub revoked: Option<String>,
}

/// What is kept of a secret. Secrets are 32 random bytes: there is nothing to guess, so that one round of a fast hash is enough.
fn hashed(secret: &str) -> String {
    blake3::derive_key("onrecord 2026 key of the desk", secret.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

impl Store {
    /// Lets whoever has the secret in. `made` is when, ISO 8601.
    ///
    /// # Errors
    /// When the name is empty or was given before, also to a key that was taken back: the log must tell them apart.
    pub fn add_key(&mut self, name: &str, secret: &str, scope: Scope, made: &str) -> Result<(), StoreError> {
        let failed = |source| StoreError::Database { place: self.place.clone(), source };
        if name.trim().is_empty() {
            return Err(StoreError::Refused("a key needs a name: what is decided with it is decided in that name".into()));
        }
        let known = self.db.number("SELECT count(*) FROM api_key WHERE name = ?1", &[name.into()]).map_err(failed)?;
        if known > 0 {
            return Err(StoreError::Refused(format!("{name}: there was a key of this name before; choose another")));
        }
        let scope = if scope == Scope::Write { "write" } else { "read" };
        let query = "INSERT INTO api_key (name, hash, scope, made) VALUES (?1, ?2, ?3, ?4)";
        let hash = hashed(secret);
        self.db.execute(query, &[name.into(), hash.as_str().into(), scope.into(), made.into()]).map_err(failed)?;
        Ok(())
    }

    /// The key that this secret opens the door with; none where it was taken back or never given.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn key(&self, secret: &str) -> Result<Option<Key>, StoreError> {
        let query = "SELECT name, scope, made, revoked FROM api_key WHERE hash = ?1 AND revoked IS NULL";
        let hash = hashed(secret);
        self.db.first(query, &[hash.as_str().into()], key).map_err(|source| self.failed(source))
    }

    /// All keys, also those that were taken back, by their names.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn keys(&self) -> Result<Vec<Key>, StoreError> {
        let all = self.db.all("SELECT name, scope, made, revoked FROM api_key", &[], key);
        let mut keys = all.map_err(|source| self.failed(source))?;
        keys.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(keys)
    }

    /// Takes a key back; false where there is none of this name that holds. `made` is when.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn revoke_key(&mut self, name: &str, made: &str) -> Result<bool, StoreError> {
        let query = "UPDATE api_key SET revoked = ?2 WHERE name = ?1 AND revoked IS NULL";
        let changed = self.db.execute(query, &[name.into(), made.into()]).map_err(|source| self.failed(source))?;
        Ok(changed > 0)
    }
}

fn key(row: &crate::db::Row) -> Result<Key, crate::db::DbError> {
    let scope: String = row.get(1)?;
    let scope = if scope == "write" { Scope::Write } else { Scope::Read };
    Ok(Key { name: row.get(0)?, scope, made: row.get(2)?, revoked: row.get(3)? })
}

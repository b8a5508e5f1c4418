//! Where reports come from.

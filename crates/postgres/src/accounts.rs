//! Accounts: passwords and addresses, preferences, sessions and devices, and whom links are about.

mod brakes;
mod credentials;
mod devices;
mod holders;
mod identify;

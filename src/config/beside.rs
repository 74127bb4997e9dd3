//! Parts of the configuration, for commands that need no more of it and work on what a service has kept.

use std::path::PathBuf;

use url::Url;

use super::{Beginning, ConfigFault, Environment, database, encryption_keys, key_file, read, unreadable};
use crate::bitrix24::{AuthorizationServerUrl, ClientId, ClientSecret, Placement};
use crate::seal::KeyRing;
use crate::store::DatabaseUrl;

/// `DEVELOPMENT` alone.
pub fn development(environment: &Environment) -> Result<bool, ConfigFault> {
    environment.flag("DEVELOPMENT")
}

/// `PLACEMENTS` alone.
pub fn placements(environment: &Environment) -> Result<Vec<Placement>, ConfigFault> {
    environment.list("PLACEMENTS", |text| {
        let placement = Placement::parse(text);
        placement.ok_or_else(|| "is no list of rest_app_uri and contact_center".to_owned())
    })
}

/// `BITRIX24_CLIENT_ID` and `BITRIX24_CLIENT_SECRET`.
pub fn client(environment: &Environment) -> Result<(ClientId, ClientSecret), ConfigFault> {
    let id = environment.required("BITRIX24_CLIENT_ID", |text| {
        ClientId::parse(text).map_err(unreadable)
    })?;
    let secret = environment.required("BITRIX24_CLIENT_SECRET", |text| {
        ClientSecret::parse(text).map_err(unreadable)
    })?;
    Ok((id, secret))
}

/// `PUBLIC_URL` alone.
pub fn public_url(environment: &Environment, development: bool) -> Result<Url, ConfigFault> {
    environment.required("PUBLIC_URL", |text| read::public_url(text, development))
}

/// `BITRIX24_OAUTH_URL` alone.
pub fn oauth_url(
    environment: &Environment,
    development: bool,
) -> Result<AuthorizationServerUrl, ConfigFault> {
    environment.required("BITRIX24_OAUTH_URL", |text| {
        AuthorizationServerUrl::parse(text, development).map_err(|fault| fault.to_string())
    })
}

/// `DATABASE_URL` for commands that work on what is there: they never make a database.
pub fn existing_database(environment: &Environment) -> Result<DatabaseUrl, ConfigFault> {
    let database = database(environment)?;
    match database.file().filter(|file| !file.exists()) {
        Some(file) => {
            let fault = format!(
                "names a database that is not there ({}): name the service's own, or let channel-connect migrate \
                 make it",
                file.display()
            );
            Err(read::fault("DATABASE_URL", &fault))
        }
        None => Ok(database),
    }
}

/// `ENCRYPTION_KEYS`, or the key file beside the database, which is not made.
pub fn existing_keys(environment: &Environment, database: &DatabaseUrl) -> Result<KeyRing, ConfigFault> {
    Ok(encryption_keys(environment, database, Beginning::HasBegun)?.0)
}

/// The key file in use, if the keys are not given by `ENCRYPTION_KEYS`.
#[must_use]
pub fn key_file_of(environment: &Environment, database: &DatabaseUrl) -> Option<PathBuf> {
    let file = database
        .file()
        .filter(|_| !environment.gives("ENCRYPTION_KEYS"))?;
    Some(key_file::beside(&file))
}

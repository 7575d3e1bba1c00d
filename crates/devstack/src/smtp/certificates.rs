use std::path::Path;

use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose,
};

use super::write_private;
use crate::StackError;

/// Writes `ca.pem` and `server.pem` (certificate and key). The authority's own key is forgotten at once.
///
/// Clients refuse an authority's certificate as a server's, and one without a subject alternative name: so there is
/// an authority, and an end-entity certificate for localhost below it.
pub(crate) fn write(directory: &Path) -> Result<(), StackError> {
    let mut authority = CertificateParams::new(Vec::<String>::new())?;
    authority.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    authority.distinguished_name.push(DnType::CommonName, "Threadwell development authority");
    authority.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    let authority_key = KeyPair::generate()?;
    let authority_pem = authority.self_signed(&authority_key)?.pem();
    let issuer = Issuer::new(authority, authority_key);

    let mut server = CertificateParams::new(vec!["localhost".to_owned(), "127.0.0.1".to_owned()])?;
    server.distinguished_name.push(DnType::CommonName, "localhost");
    server.use_authority_key_identifier_extension = true;
    server.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    server.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    let server_key = KeyPair::generate()?;
    let server_pem = server.signed_by(&server_key, &issuer)?.pem();

    write_private(&directory.join("ca.pem"), authority_pem.as_bytes())?;
    let pair = format!("{server_pem}{}", server_key.serialize_pem());
    write_private(&directory.join("server.pem"), pair.as_bytes())
}

/** Tells a password manager whose password is meant, where the page does not ask for the e-mail. */
export function AccountHint({ email }: { email: string }) {
  return <input className="visually-hidden" type="text" name="username" autoComplete="username" value={email} readOnly tabIndex={-1} aria-hidden="true" />;
}

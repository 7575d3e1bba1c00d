/** Password managers keep a new password under this name; nobody else meets it. */
export function UsernameForManagers({ email }: { email: string }) {
  return <input className="visually-hidden" type="email" name="username" autoComplete="username" value={email} readOnly tabIndex={-1} aria-hidden="true" />;
}

/** The product's mark; decorative, its name stands beside it. */
export function BrandMark() {
  return (
    <svg className="brandmark" viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="9" fill="var(--c-accent)" />
      <path
        d="M8.5 25.5V15.2a7.6 7.6 0 1 1 7.6 7.6 4.4 4.4 0 1 1 0-8.8"
        fill="none" stroke="var(--c-on-accent)" strokeWidth="2.3" strokeLinecap="round"
      />
      <circle cx="18.6" cy="16" r="1.35" fill="var(--c-on-accent)" />
    </svg>
  );
}

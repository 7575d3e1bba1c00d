/** A key hint; hidden from readers, who get it in the label or the list of keys. */
export function Kbd({ children, className }: { children: string; className?: string }) {
  return (
    <kbd aria-hidden="true" className={className}>
      {children}
    </kbd>
  );
}

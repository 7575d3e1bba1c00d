/** A plain number, or the violet pill of unread ones; "99+" when there are more. */
export function Count(props: { value: number; capped?: boolean; unread?: boolean; label?: string }) {
  const { value, capped, unread, label } = props;
  const text = capped || value > 99 ? "99+" : String(value);
  return (
    <span className={unread ? "count count--unread" : "count"}>
      {label ? (
        <>
          <span aria-hidden="true">{text}</span>
          <span className="visually-hidden">{label}</span>
        </>
      ) : (
        text
      )}
    </span>
  );
}

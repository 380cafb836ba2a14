/** Characters nobody sees, so that clients show nothing of the mail's text after the preheader. ASCII in the source: short. */
const padding = '&#847;&zwnj;&nbsp;'.repeat(45);

/** The line an inbox shows next to the subject. */
export function Preheader({ children }: { children: string }) {
  return (
    <div
      data-skip-in-text="true"
      style={{
        display: 'none',
        overflow: 'hidden',
        lineHeight: '1px',
        opacity: 0,
        maxHeight: 0,
        maxWidth: 0,
      }}
    >
      {children}
      <span dangerouslySetInnerHTML={{ __html: padding }} />
    </div>
  );
}

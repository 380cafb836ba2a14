import type { ReactNode } from 'react';

// Liquid that React renders as text and that runs later, once per recipient. It stands between whole tables, never inside
// one, so that the unfilled template is valid HTML, too.

export function When({ test, children }: { test: string; children: ReactNode }) {
  return (
    <>
      {`{% if ${test} %}`}
      {children}
      {'{% endif %}'}
    </>
  );
}

export function Each({ name, of, children }: { name: string; of: string; children: ReactNode }) {
  return (
    <>
      {`{% for ${name} in ${of} %}`}
      {children}
      {'{% endfor %}'}
    </>
  );
}

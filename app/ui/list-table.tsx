import { useNavigation } from '@remix-run/react';
import { Box, IndexTable, useBreakpoints, type IndexTableProps } from '@shopify/polaris';
import { useEffect, useRef, type ReactNode, type RefObject } from 'react';
import type { ListPage } from '~/modules/insights/types';
import { t } from './i18n';
import { useUrlState } from './use-url-state';

export interface ListColumn {
  title: string;
  alignment?: 'start' | 'center' | 'end';
}

export interface ListRow {
  id: string;
  /** One per column. Put a link marked as the row's primary one (`RowLink`) into one of them to make the row a link. */
  cells: ReactNode[];
  /** The same on a phone, where there are no columns. */
  summary: ReactNode;
}

/** Rows that can be chosen, to do something with all of them. */
export interface ListSelection {
  chosen: string[];
  choose: (ids: string[]) => void;
}

interface ListTableProps {
  columns: [ListColumn, ...ListColumn[]];
  rows: ListRow[];
  resource: { singular: string; plural: string };
  /** Of the list, when it has more pages than this one. */
  page?: Pick<ListPage<unknown>, 'previous' | 'next'>;
  empty?: ReactNode;
  selection?: ListSelection;
}

/** A table in the style of the Shopify admin: rows of columns, or on a phone one summary below the other; pages by cursor in the URL. */
export function ListTable({ columns, rows, resource, page, empty, selection }: ListTableProps) {
  const { smDown } = useBreakpoints();
  const { change } = useUrlState();
  const loading = useReloading();
  const frame = useRef<HTMLDivElement>(null);
  useScrollableByKeyboard(frame, resource.plural);
  const [first, ...rest] = columns;
  const headings: IndexTableProps['headings'] = [first, ...rest];
  const pagination = page &&
    (page.previous !== null || page.next !== null) && {
      hasPrevious: page.previous !== null,
      hasNext: page.next !== null,
      onPrevious: () => change({ before: page.previous ?? undefined }),
      onNext: () => change({ after: page.next ?? undefined }),
      accessibilityLabels: { previous: t('common.previous'), next: t('common.next') },
    };
  return (
    <div ref={frame}>
      <IndexTable
        condensed={smDown}
        selectable={selection !== undefined}
        {...(selection && {
          selectedItemsCount: selection.chosen.length,
          onSelectionChange: (_, on, which) =>
            selection.choose(selectMore(selection.chosen, rows, { on, which })),
        })}
        headings={headings}
        itemCount={rows.length}
        resourceName={resource}
        loading={loading}
        emptyState={empty}
        {...(pagination && { pagination })}
      >
        {rows.map((row, position) => (
          <IndexTable.Row
            key={row.id}
            id={row.id}
            position={position}
            selected={selection?.chosen.includes(row.id)}
          >
            {smDown ? (
              <Box padding="300">{row.summary}</Box>
            ) : (
              row.cells.map((cell, index) => (
                <IndexTable.Cell key={columns[index]?.title ?? index}>
                  <Aligned alignment={columns[index]?.alignment}>{cell}</Aligned>
                </IndexTable.Cell>
              ))
            )}
          </IndexTable.Row>
        ))}
      </IndexTable>
    </div>
  );
}

/** What is chosen after somebody ticked a row, several with the shift key, or (told nothing) all of them. */
function selectMore(
  chosen: string[],
  rows: ListRow[],
  { on, which }: { on: boolean; which: string | [number, number] | undefined },
): string[] {
  if (which === undefined) return on ? rows.map(({ id }) => id) : [];
  const told = typeof which === 'string' ? [which] : rows.slice(which[0], which[1] + 1).map(({ id }) => id);
  const others = chosen.filter((id) => !told.includes(id));
  return on ? [...others, ...told] : others;
}

function Aligned({ alignment, children }: { alignment: ListColumn['alignment']; children: ReactNode }) {
  return alignment && alignment !== 'start' ? (
    <div style={{ textAlign: alignment }}>{children}</div>
  ) : (
    children
  );
}

/** Whether the list on this page is being read anew (another filter, another page of it). */
function useReloading(): boolean {
  const navigation = useNavigation();
  return navigation.state === 'loading' && !navigation.formMethod;
}

/** A table wider than the page scrolls inside its frame; Polaris lets only the mouse do that. */
function useScrollableByKeyboard(frame: RefObject<HTMLElement>, label: string): void {
  useEffect(() => {
    const scroller = frame.current?.querySelector('.Polaris-IndexTable-ScrollContainer');
    scroller?.setAttribute('tabindex', '0');
    scroller?.setAttribute('role', 'region');
    scroller?.setAttribute('aria-label', label);
  }, [frame, label]);
}

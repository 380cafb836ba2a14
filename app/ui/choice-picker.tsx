import { useFetcher } from '@remix-run/react';
import { BlockStack, Combobox, Icon, InlineStack, Listbox, Tag, Text } from '@shopify/polaris';
import { SearchIcon } from '@shopify/polaris-icons';
import { useEffect, useState } from 'react';
import type { Choice, ChoiceKind } from '~/modules/insights/types';
import { t } from './i18n';

interface ChoicePickerProps {
  kind: ChoiceKind;
  label: string;
  helpText?: string;
  error?: string | undefined;
  selected: string[]; // ids
  known: Choice[]; // at least those that were selected when the page was loaded
  onChange: (ids: string[]) => void;
}

const typingMs = 250;

/** Products or collections, found by typing: the shop may have thousands. */
export function ChoicePicker({ kind, label, helpText, error, selected, known, onChange }: ChoicePickerProps) {
  const [typed, setTyped] = useState('');
  const { choices, searching } = useChoices(kind, typed);
  const [seen, setSeen] = useState(new Map(known.map(({ id, title }) => [id, title])));
  const toggle = (id: string): void => {
    const title = choices.find((choice) => choice.id === id)?.title;
    if (title !== undefined) setSeen((before) => new Map(before).set(id, title));
    onChange(selected.includes(id) ? selected.filter((other) => other !== id) : [...selected, id]);
  };
  return (
    <BlockStack gap="200">
      <Combobox
        allowMultiple
        activator={
          <Combobox.TextField
            label={label}
            helpText={helpText}
            error={error}
            autoComplete="off"
            placeholder={t('choices.search')}
            prefix={<Icon source={SearchIcon} />}
            value={typed}
            onChange={setTyped}
          />
        }
      >
        <Listbox onSelect={toggle}>
          {choices.map(({ id, title }) => (
            <Listbox.Option key={id} value={id} selected={selected.includes(id)} accessibilityLabel={title}>
              <Listbox.TextOption selected={selected.includes(id)}>{title}</Listbox.TextOption>
            </Listbox.Option>
          ))}
          {searching && <Listbox.Loading accessibilityLabel={t('choices.searching')} />}
          {!searching && choices.length === 0 && (
            <Listbox.Action value="">{t(`choices.none.${kind}`)}</Listbox.Action>
          )}
        </Listbox>
      </Combobox>
      {selected.length > 0 ? (
        <InlineStack gap="200">
          {selected.map((id) => (
            <Tag key={id} onRemove={() => toggle(id)}>
              {seen.get(id) ?? id}
            </Tag>
          ))}
        </InlineStack>
      ) : (
        <Text as="p" tone="subdued" variant="bodySm">
          {t('choices.nothing')}
        </Text>
      )}
    </BlockStack>
  );
}

/** What the server offers for what was typed, once nothing was typed for a moment. */
function useChoices(kind: ChoiceKind, typed: string): { choices: Choice[]; searching: boolean } {
  const { load, data, state } = useFetcher<{ choices: Choice[] }>();
  useEffect(() => {
    const query = new URLSearchParams({ kind, search: typed });
    const timer = setTimeout(() => load(`/app/choices?${query}`), typed === '' ? 0 : typingMs);
    return () => clearTimeout(timer);
  }, [kind, typed, load]);
  return { choices: data?.choices ?? [], searching: state !== 'idle' || data === undefined };
}

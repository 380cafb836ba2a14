import type { DraftErrors, SettingsDraft } from './settings-draft';

/** What each section of the settings page gets. */
export interface SectionProps {
  draft: SettingsDraft;
  errors: DraftErrors;
  change: (changes: Partial<SettingsDraft>) => void;
}

/** The properties of a text field of the draft. */
export function field({ draft, errors, change }: SectionProps, name: TextName) {
  return {
    name,
    autoComplete: 'off',
    value: draft[name],
    error: errors[name],
    onChange: (value: string) => change({ [name]: value }),
  };
}

/** The properties of a checkbox of the draft. */
export function box({ draft, change }: SectionProps, name: FlagName) {
  return { name, checked: draft[name], onChange: (checked: boolean) => change({ [name]: checked }) };
}

type NamesOf<Value> = {
  [Name in keyof SettingsDraft]: SettingsDraft[Name] extends Value ? Name : never;
}[keyof SettingsDraft];
type FlagName = NamesOf<boolean>;
type TextName = Exclude<NamesOf<string>, 'rounding' | 'scope'>;

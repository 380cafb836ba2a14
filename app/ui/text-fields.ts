interface TextFieldParts {
  name: string;
  autoComplete: 'off';
  value: string;
  error: string | undefined;
  onChange: (value: string) => void;
}

/** What every text field of a draft has in common: its name, text and mistake, and that typing changes it. */
export function textFields<Name extends string>(
  draft: Readonly<Record<Name, string>>,
  errors: Readonly<Partial<Record<Name, string>>>,
  set: (name: Name, value: string) => void,
): (name: Name) => TextFieldParts {
  return (name) => ({
    name,
    autoComplete: 'off',
    value: draft[name],
    error: errors[name],
    onChange: (value) => set(name, value),
  });
}

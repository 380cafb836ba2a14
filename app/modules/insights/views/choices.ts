export const choiceKinds = ['products', 'collections'] as const;
export type ChoiceKind = (typeof choiceKinds)[number];

/** Something that can be chosen in a form, by Shopify's id. */
export interface Choice {
  id: string;
  title: string;
}

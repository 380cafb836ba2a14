/** What the two shops sell. Prices and costs in cents. */
export interface CatalogueEntry {
  readonly title: string;
  readonly type: string;
  readonly art: string;
  readonly description: string;
  /** Variant title, price, unit cost. */
  readonly variants: readonly (readonly [string, number, number])[];
}

export const PLANT_CATALOGUE: readonly CatalogueEntry[] = [
  {
    title: 'Monstera Deliciosa',
    type: 'Plants',
    art: 'monstera',
    description:
      'The classic with the split leaves. Grows fast, forgives much, likes a bright spot out of the sun.',
    variants: [
      ['Small, 40 cm', 2490, 940],
      ['Large, 80 cm', 5490, 2280],
    ],
  },
  {
    title: 'Boston Fern',
    type: 'Plants',
    art: 'fern',
    description: 'A soft green fountain for the bathroom. Water it often, mist it on Sundays.',
    variants: [
      ['12 cm pot', 1490, 520],
      ['17 cm pot', 2290, 860],
    ],
  },
  {
    title: 'Snake Plant',
    type: 'Plants',
    art: 'snake',
    description: 'Stands in a dark corner, asks for water once a month and cleans the air meanwhile.',
    variants: [
      ['30 cm', 1890, 640],
      ['60 cm', 3490, 1290],
    ],
  },
  {
    title: 'Olive Tree',
    type: 'Plants',
    art: 'olive',
    description: 'A piece of the south for balcony or terrace. Hardy to minus eight degrees.',
    variants: [
      ['70 cm', 4490, 1990],
      ['120 cm', 8990, 4150],
    ],
  },
  {
    title: 'String of Hearts',
    type: 'Plants',
    art: 'hearts',
    description: 'Trails down from any shelf, one small heart after the other.',
    variants: [['Hanging pot', 1690, 590]],
  },
  {
    title: 'Aloe Vera',
    type: 'Plants',
    art: 'aloe',
    description: 'Sun, sand and very little water. First aid for burnt fingers included.',
    variants: [['12 cm pot', 1290, 410]],
  },
  {
    title: 'Stoneware Planter',
    type: 'Pots',
    art: 'planter',
    description: 'Hand-glazed in Höhr-Grenzhausen. With a saucer that does not leak.',
    variants: [
      ['Ø 14 cm, moss', 2190, 790],
      ['Ø 14 cm, sand', 2190, 790],
      ['Ø 22 cm, moss', 3690, 1420],
    ],
  },
  {
    title: 'Terracotta Pot',
    type: 'Pots',
    art: 'terracotta',
    description: 'Unglazed clay that breathes. A set of three, fired in Tuscany.',
    variants: [['Set of 3', 2690, 980]],
  },
  {
    title: 'Brass Mister',
    type: 'Tools',
    art: 'mister',
    description: 'A fine mist at the press of a thumb. Refillable, repairable, handsome.',
    variants: [['300 ml', 2490, 1010]],
  },
  {
    title: 'Watering Can',
    type: 'Tools',
    art: 'can',
    description: 'Long spout, powder-coated steel. Reaches the plant behind the plant.',
    variants: [
      ['1.5 l, green', 3290, 1330],
      ['1.5 l, cream', 3290, 1330],
    ],
  },
  {
    title: 'Peat-free Soil',
    type: 'Care',
    art: 'soil',
    description: 'Bark, coconut and compost. Good for roots and for moors.',
    variants: [
      ['10 l', 990, 450],
      ['40 l', 2490, 1290],
    ],
  },
  {
    title: 'Liquid Plant Food',
    type: 'Care',
    art: 'food',
    description: 'One cap in the can, every second week from March to October.',
    variants: [['500 ml', 1190, 330]],
  },
];

export const COFFEE_CATALOGUE: readonly CatalogueEntry[] = [
  {
    title: 'Harbor Blend',
    type: 'Coffee',
    art: 'soil',
    description: 'Chocolate and toasted nut. Everyday espresso.',
    variants: [
      ['12 oz', 1600, 620],
      ['2 lb', 3800, 1540],
    ],
  },
  {
    title: 'Sidamo',
    type: 'Coffee',
    art: 'food',
    description: 'Washed Ethiopian: bergamot, peach, jasmine.',
    variants: [['12 oz', 2100, 930]],
  },
  {
    title: 'Pour-over Kettle',
    type: 'Gear',
    art: 'can',
    description: 'A gooseneck that pours where you point.',
    variants: [['Matte black', 6900, 3050]],
  },
];

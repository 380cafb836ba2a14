import { both, fine, type RouteTries, type Shops } from './try';

const mailWords = {
  subject: 'Your cart at {{ shop.name }}',
  preheader: 'It is still here.',
  heading: 'Your cart',
  body: 'Hello,\n\nit is still here.',
  button: 'To the cart',
  closing: '',
};

const settings = {
  enabled: true,
  pointsPerUnit: '2',
  rounding: 'down',
  includeTax: false,
  includeShipping: false,
  includeGiftCards: false,
  pendingDays: '0',
  minimum: '',
  earnOnHistoric: false,
  scope: 'all',
  productIds: [],
  collectionIds: [],
  tags: '',
  allBut: false,
  cartDelayMinutes: '60',
  senderName: 'Own',
  senderEmail: '',
  replyTo: '',
  postalAddress: '',
  brandColor: '#2f6f4e',
  logoUrl: '',
  quiet: false,
  quietHoursStart: '21:00',
  quietHoursEnd: '08:00',
  capMessages: '3',
  capWindowHours: '72',
  holdoutPercent: '0',
};

export function shopRoutes(shops: Shops): Record<string, RouteTries> {
  return {
    'app.tsx': { loader: [fine('/app')] },
    'app._index.tsx': {
      loader: [fine('/app')],
      action: [{ ...fine('/app'), form: { setup: 'dismiss' } }],
    },
    'app.choices.ts': {
      loader: [fine('/app/choices?kind=products'), fine('/app/choices?kind=collections&search=a')],
    },
    'app.carts._index.tsx': { loader: [fine('/app/carts'), fine('/app/carts?tab=ordered')] },
    'app.flows._index.tsx': { loader: [fine('/app/flows')] },
    'app.flows.$key.tsx': {
      loader: [{ ...fine('/app/flows/win_back'), params: { key: 'win_back' } }],
      action: [
        {
          ...fine('/app/flows/win_back'),
          params: { key: 'win_back' },
          form: { intent: 'switch', enabled: 'true' },
        },
        { ...fine('/app/flows/win_back'), params: { key: 'win_back' }, form: { intent: 'days', days: '77' } },
      ],
    },
    'app.health.tsx': {
      loader: [fine('/app/health')],
      action: both(shops, '/app/health', ({ deadDeliveryId }) => ({ id: String(deadDeliveryId) })).map(
        ({ params, ...attempt }) => ({ ...attempt, form: { intent: 'retry', id: params?.id ?? '' } }),
      ),
    },
    'app.messages._index.tsx': { loader: [fine('/app/messages')] },
    'app.messages.$id.tsx': {
      loader: both(shops, '/app/messages/:id', ({ messageId }) => ({ id: String(messageId) })),
    },
    'app.messages.words.tsx': {
      loader: [fine('/app/messages/words'), fine('/app/messages/words?template=win_back&language=de')],
      action: [
        { ...fine('/app/messages/words'), json: { intent: 'preview', draft: mailWords } },
        { ...fine('/app/messages/words'), json: { intent: 'save', draft: mailWords } },
      ],
    },
    'app.messages.test.tsx': {
      loader: [fine('/app/messages/test')],
      action: [
        {
          ...fine('/app/messages/test'),
          form: { template: 'win_back', language: 'en', to: 'me@own.example' },
        },
      ],
    },
    'app.privacy.$id.tsx': {
      loader: both(shops, '/app/privacy/:id', ({ privacyRequestId }) => ({ id: String(privacyRequestId) })),
    },
    'app.settings.tsx': {
      loader: [fine('/app/settings')],
      action: [{ ...fine('/app/settings'), json: settings }],
    },
  };
}

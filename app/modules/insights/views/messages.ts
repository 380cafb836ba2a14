import { z } from 'zod';
import type { MessageRow } from './customers';
import { type ListPage, type ShopView, pageCursorSchema } from './shared';

export const messageTabs = ['all', 'sent', 'waiting', 'not_sent', 'failed', 'unknown', 'test'] as const;
export type MessageTab = (typeof messageTabs)[number];

export const messageQuerySchema = pageCursorSchema.extend({
  tab: z.enum(messageTabs).default('all').catch('all'),
});
export type MessageQuery = z.infer<typeof messageQuerySchema>;

export interface MessagesPage {
  shop: ShopView;
  messages: ListPage<MessageRow>;
}

export interface MessagePage {
  shop: ShopView;
  message: MessageRow & {
    locale: string;
    createdAt: string;
    attempts: number;
    smtpMessageId: string | null;
    smtpResponse: string | null;
    unsubscribedAt: string | null;
    bouncedAt: string | null;
    complainedAt: string | null;
    flowRunId: string | null;
    orderId: string | null;
    orderName: string | null;
    isRendered: boolean;
    wordsAt: string | null; // when the merchant wrote the words it was made with; null: they are ours
  };
  decisions: { id: string; outcome: string; reason: string; until: string | null; decidedAt: string }[];
}

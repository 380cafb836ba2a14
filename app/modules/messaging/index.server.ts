export { attributeOrders } from './attribute-orders.server';
export { createMessages } from './create-messages.server';
export { findSentForCarts } from './find-sent-for-carts.server';
export { mergeMessages } from './merge-messages.server';
export { previewTemplate } from './preview-template.server';
export { renderStoredMessage } from './render-stored-message.server';
export { sendTest } from './send-test.server';

// For checking this folder alone: the elements shared here are in checkout and in customer accounts.
import '@shopify/ui-extensions';
import '@shopify/ui-extensions/purchase.checkout.block.render';

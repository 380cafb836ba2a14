
-- CreateTable
CREATE TABLE "carts" (
    "shop_id" INTEGER NOT NULL,
    "token" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "public_id" TEXT NOT NULL,
    "cart_token" TEXT,
    "profile_id" BIGINT,
    "email" TEXT,
    "phone" TEXT,
    "locale" TEXT,
    "currency" TEXT,
    "presentment_currency" TEXT,
    "total" DECIMAL(20,4) NOT NULL DEFAULT 0,
    "presentment_total" DECIMAL(20,4) NOT NULL DEFAULT 0,
    "lines" JSONB NOT NULL DEFAULT '[]',
    "recovery_url" TEXT,
    "accepts_marketing" BOOLEAN NOT NULL DEFAULT false,
    "state" TEXT NOT NULL DEFAULT 'open',
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "last_activity_at" TIMESTAMPTZ(3) NOT NULL,
    "completed_at" TIMESTAMPTZ(3),
    "deleted_at" TIMESTAMPTZ(3),
    "abandoned_at" TIMESTAMPTZ(3),
    "order_id" BIGINT,
    "closed_at" TIMESTAMPTZ(3),
    "recovered_amount" DECIMAL(20,4),
    "recovered_message_id" BIGINT,

    CONSTRAINT "carts_pkey" PRIMARY KEY ("shop_id","token")
);

-- CreateTable
CREATE TABLE "consents" (
    "shop_id" INTEGER NOT NULL,
    "profile_id" BIGINT NOT NULL,
    "channel" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "level" TEXT,
    "source" TEXT NOT NULL,
    "consented_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "consents_pkey" PRIMARY KEY ("shop_id","profile_id","channel")
);

-- CreateTable
CREATE TABLE "consent_events" (
    "shop_id" INTEGER NOT NULL,
    "id" BIGSERIAL NOT NULL,
    "profile_id" BIGINT NOT NULL,
    "channel" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "level" TEXT,
    "source" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "evidence" JSONB NOT NULL DEFAULT '{}',
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "consent_events_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "suppressions" (
    "shop_id" INTEGER NOT NULL,
    "channel" TEXT NOT NULL,
    "address_hash" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "suppressions_pkey" PRIMARY KEY ("shop_id","channel","address_hash")
);

-- CreateTable
CREATE TABLE "consent_pushes" (
    "shop_id" INTEGER NOT NULL,
    "id" BIGSERIAL NOT NULL,
    "profile_id" BIGINT NOT NULL,
    "state" TEXT NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "pushed_at" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "error" TEXT,

    CONSTRAINT "consent_pushes_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "profiles" (
    "shop_id" INTEGER NOT NULL,
    "id" BIGSERIAL NOT NULL,
    "shopify_customer_id" BIGINT,
    "email" TEXT,
    "phone" TEXT,
    "first_name" TEXT,
    "last_name" TEXT,
    "locale" TEXT,
    "country" TEXT,
    "city" TEXT,
    "tags" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "shopify_created_at" TIMESTAMPTZ(3),
    "shopify_updated_at" TIMESTAMPTZ(3),
    "first_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "deleted_at" TIMESTAMPTZ(3),
    "redacted_at" TIMESTAMPTZ(3),
    "merged_into_id" BIGINT,

    CONSTRAINT "profiles_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "profile_identities" (
    "shop_id" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "profile_id" BIGINT NOT NULL,
    "asserted_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "profile_identities_pkey" PRIMARY KEY ("shop_id","kind","value")
);

-- CreateTable
CREATE TABLE "profile_traits" (
    "shop_id" INTEGER NOT NULL,
    "profile_id" BIGINT NOT NULL,
    "orders_count" INTEGER NOT NULL DEFAULT 0,
    "net_spend" DECIMAL(20,4) NOT NULL DEFAULT 0,
    "gross_profit" DECIMAL(20,4) NOT NULL DEFAULT 0,
    "average_order_value" DECIMAL(20,4) NOT NULL DEFAULT 0,
    "first_order_at" TIMESTAMPTZ(3),
    "last_order_at" TIMESTAMPTZ(3),
    "days_between_orders" DECIMAL(10,2),
    "refunds_count" INTEGER NOT NULL DEFAULT 0,
    "refunded_amount" DECIMAL(20,4) NOT NULL DEFAULT 0,
    "points_balance" INTEGER NOT NULL DEFAULT 0,
    "points_pending" INTEGER NOT NULL DEFAULT 0,
    "open_cart_token" TEXT,
    "open_cart_value" DECIMAL(20,4),
    "emails_sent" INTEGER NOT NULL DEFAULT 0,
    "last_email_at" TIMESTAMPTZ(3),
    "last_click_at" TIMESTAMPTZ(3),
    "email_state" TEXT NOT NULL DEFAULT 'not_subscribed',

    CONSTRAINT "profile_traits_pkey" PRIMARY KEY ("shop_id","profile_id")
);

-- CreateTable
CREATE TABLE "timeline_events" (
    "shop_id" INTEGER NOT NULL,
    "id" BIGSERIAL NOT NULL,
    "profile_id" BIGINT NOT NULL,
    "kind" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "data" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "timeline_events_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "flows" (
    "shop_id" INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    "enabled" BOOLEAN NOT NULL DEFAULT false,
    "version" INTEGER NOT NULL,
    "enabled_at" TIMESTAMPTZ(3),
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "flows_pkey" PRIMARY KEY ("shop_id","key")
);

-- CreateTable
CREATE TABLE "flow_versions" (
    "shop_id" INTEGER NOT NULL,
    "flow_key" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "definition" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "flow_versions_pkey" PRIMARY KEY ("shop_id","flow_key","version")
);

-- CreateTable
CREATE TABLE "flow_runs" (
    "shop_id" INTEGER NOT NULL,
    "id" BIGSERIAL NOT NULL,
    "flow_key" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "profile_id" BIGINT NOT NULL,
    "run_key" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "node_key" TEXT NOT NULL,
    "due_at" TIMESTAMPTZ(3),
    "context" JSONB NOT NULL DEFAULT '{}',
    "holdout" BOOLEAN NOT NULL DEFAULT false,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "error" TEXT,
    "entered_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),
    "exit_reason" TEXT,

    CONSTRAINT "flow_runs_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "earn_rules" (
    "shop_id" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "enabled" BOOLEAN NOT NULL,
    "points_per_unit" DECIMAL(12,4) NOT NULL,
    "include_tax" BOOLEAN NOT NULL DEFAULT false,
    "include_shipping" BOOLEAN NOT NULL DEFAULT false,
    "include_gift_cards" BOOLEAN NOT NULL DEFAULT false,
    "rounding" TEXT NOT NULL DEFAULT 'down',
    "pending_days" INTEGER NOT NULL DEFAULT 0,
    "earn_on_historic" BOOLEAN NOT NULL DEFAULT false,
    "effective_from" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "earn_rules_pkey" PRIMARY KEY ("shop_id","version")
);

-- CreateTable
CREATE TABLE "ledger_accounts" (
    "shop_id" INTEGER NOT NULL,
    "id" BIGSERIAL NOT NULL,
    "kind" TEXT NOT NULL,
    "profile_id" BIGINT,
    "balance" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "ledger_accounts_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "ledger_transactions" (
    "shop_id" INTEGER NOT NULL,
    "id" BIGSERIAL NOT NULL,
    "kind" TEXT NOT NULL,
    "idempotency_key" TEXT NOT NULL,
    "input_hash" TEXT NOT NULL,
    "order_id" BIGINT,
    "refund_id" BIGINT,
    "rule_version" INTEGER,
    "reverses_id" BIGINT,
    "reason" TEXT,
    "staff" TEXT,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ledger_transactions_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "ledger_postings" (
    "shop_id" INTEGER NOT NULL,
    "transaction_id" BIGINT NOT NULL,
    "account_id" BIGINT NOT NULL,
    "points" BIGINT NOT NULL,

    CONSTRAINT "ledger_postings_pkey" PRIMARY KEY ("shop_id","transaction_id","account_id")
);

-- CreateTable
CREATE TABLE "email_templates" (
    "shop_id" INTEGER NOT NULL,
    "id" BIGSERIAL NOT NULL,
    "key" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "html" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "email_templates_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "messages" (
    "shop_id" INTEGER NOT NULL,
    "id" BIGSERIAL NOT NULL,
    "token" TEXT NOT NULL,
    "dedupe_key" TEXT NOT NULL,
    "profile_id" BIGINT NOT NULL,
    "kind" TEXT NOT NULL,
    "flow_key" TEXT,
    "flow_run_id" BIGINT,
    "node_key" TEXT,
    "template_id" BIGINT,
    "template_key" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "to_address" TEXT,
    "vars" JSONB NOT NULL DEFAULT '{}',
    "status" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "lease_until" TIMESTAMPTZ(3),
    "next_attempt_at" TIMESTAMPTZ(3),
    "smtp_message_id" TEXT,
    "smtp_response" TEXT,
    "error" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "sent_at" TIMESTAMPTZ(3),
    "clicked_at" TIMESTAMPTZ(3),
    "unsubscribed_at" TIMESTAMPTZ(3),
    "bounced_at" TIMESTAMPTZ(3),
    "order_id" BIGINT,
    "revenue" DECIMAL(20,4),

    CONSTRAINT "messages_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "send_decisions" (
    "shop_id" INTEGER NOT NULL,
    "id" BIGSERIAL NOT NULL,
    "profile_id" BIGINT NOT NULL,
    "flow_key" TEXT NOT NULL,
    "flow_run_id" BIGINT,
    "node_key" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "until" TIMESTAMPTZ(3),
    "details" JSONB NOT NULL DEFAULT '{}',
    "decided_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "send_decisions_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "orders" (
    "shop_id" INTEGER NOT NULL,
    "id" BIGINT NOT NULL,
    "name" TEXT NOT NULL,
    "profile_id" BIGINT,
    "shopify_customer_id" BIGINT,
    "email" TEXT,
    "phone" TEXT,
    "checkout_token" TEXT,
    "cart_token" TEXT,
    "currency" TEXT NOT NULL,
    "presentment_currency" TEXT NOT NULL,
    "presentment_total" DECIMAL(20,4) NOT NULL,
    "subtotal" DECIMAL(20,4) NOT NULL,
    "discounts" DECIMAL(20,4) NOT NULL,
    "shipping" DECIMAL(20,4) NOT NULL,
    "tax" DECIMAL(20,4) NOT NULL,
    "taxes_included" BOOLEAN NOT NULL,
    "total" DECIMAL(20,4) NOT NULL,
    "cost" DECIMAL(20,4) NOT NULL DEFAULT 0,
    "net_revenue" DECIMAL(20,4) NOT NULL DEFAULT 0,
    "gross_profit" DECIMAL(20,4) NOT NULL DEFAULT 0,
    "refunded_total" DECIMAL(20,4) NOT NULL DEFAULT 0,
    "financial_status" TEXT,
    "fulfillment_status" TEXT,
    "test" BOOLEAN NOT NULL DEFAULT false,
    "source_name" TEXT,
    "locale" TEXT,
    "tags" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "processed_at" TIMESTAMPTZ(3) NOT NULL,
    "shopify_updated_at" TIMESTAMPTZ(3) NOT NULL,
    "paid_at" TIMESTAMPTZ(3),
    "cancelled_at" TIMESTAMPTZ(3),
    "cancel_reason" TEXT,
    "deleted_at" TIMESTAMPTZ(3),
    "historic" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "orders_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "order_lines" (
    "shop_id" INTEGER NOT NULL,
    "order_id" BIGINT NOT NULL,
    "id" BIGINT NOT NULL,
    "product_id" BIGINT,
    "variant_id" BIGINT,
    "title" TEXT NOT NULL,
    "sku" TEXT,
    "quantity" INTEGER NOT NULL,
    "current_quantity" INTEGER NOT NULL,
    "price" DECIMAL(20,4) NOT NULL,
    "discount" DECIMAL(20,4) NOT NULL,
    "tax" DECIMAL(20,4) NOT NULL,
    "is_gift_card" BOOLEAN NOT NULL DEFAULT false,
    "unit_cost" DECIMAL(20,4),

    CONSTRAINT "order_lines_pkey" PRIMARY KEY ("shop_id","order_id","id")
);

-- CreateTable
CREATE TABLE "order_discounts" (
    "shop_id" INTEGER NOT NULL,
    "order_id" BIGINT NOT NULL,
    "code" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "amount" DECIMAL(20,4) NOT NULL,

    CONSTRAINT "order_discounts_pkey" PRIMARY KEY ("shop_id","order_id","code")
);

-- CreateTable
CREATE TABLE "refunds" (
    "shop_id" INTEGER NOT NULL,
    "id" BIGINT NOT NULL,
    "order_id" BIGINT NOT NULL,
    "processed_at" TIMESTAMPTZ(3) NOT NULL,
    "lines" DECIMAL(20,4) NOT NULL,
    "shipping" DECIMAL(20,4) NOT NULL,
    "adjustments" DECIMAL(20,4) NOT NULL,
    "tax" DECIMAL(20,4) NOT NULL,
    "total" DECIMAL(20,4) NOT NULL,
    "restocked" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "refunds_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "refund_lines" (
    "shop_id" INTEGER NOT NULL,
    "refund_id" BIGINT NOT NULL,
    "id" BIGINT NOT NULL,
    "order_line_id" BIGINT NOT NULL,
    "quantity" INTEGER NOT NULL,
    "subtotal" DECIMAL(20,4) NOT NULL,
    "tax" DECIMAL(20,4) NOT NULL,

    CONSTRAINT "refund_lines_pkey" PRIMARY KEY ("shop_id","refund_id","id")
);

-- CreateTable
CREATE TABLE "fulfillments" (
    "shop_id" INTEGER NOT NULL,
    "id" BIGINT NOT NULL,
    "order_id" BIGINT NOT NULL,
    "status" TEXT,
    "shipment_status" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "shopify_updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "fulfillments_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "products" (
    "shop_id" INTEGER NOT NULL,
    "id" BIGINT NOT NULL,
    "title" TEXT NOT NULL,
    "handle" TEXT,
    "product_type" TEXT,
    "vendor" TEXT,
    "status" TEXT NOT NULL,
    "image_url" TEXT,
    "tags" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "shopify_updated_at" TIMESTAMPTZ(3) NOT NULL,
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "products_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "product_variants" (
    "shop_id" INTEGER NOT NULL,
    "id" BIGINT NOT NULL,
    "product_id" BIGINT NOT NULL,
    "title" TEXT NOT NULL,
    "sku" TEXT,
    "price" DECIMAL(20,4) NOT NULL,
    "unit_cost" DECIMAL(20,4),
    "image_url" TEXT,

    CONSTRAINT "product_variants_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "sessions" (
    "id" TEXT NOT NULL,
    "shop_domain" TEXT NOT NULL,
    "is_online" BOOLEAN NOT NULL,
    "state" TEXT NOT NULL,
    "scope" TEXT,
    "access_token" TEXT,
    "expires_at" TIMESTAMPTZ(3),
    "refresh_token" TEXT,
    "refresh_token_expires_at" TIMESTAMPTZ(3),
    "online_access_info" TEXT,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sessions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "inbox_events" (
    "id" BIGSERIAL NOT NULL,
    "shop_domain" TEXT NOT NULL,
    "webhook_id" TEXT NOT NULL,
    "event_id" TEXT,
    "topic" TEXT NOT NULL,
    "api_version" TEXT NOT NULL,
    "triggered_at" TIMESTAMPTZ(3),
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "body" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'pending',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_attempt_at" TIMESTAMPTZ(3) NOT NULL,
    "processed_at" TIMESTAMPTZ(3),
    "error" TEXT,

    CONSTRAINT "inbox_events_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "platform_state" (
    "key" TEXT NOT NULL,
    "value" JSONB NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "platform_state_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "privacy_requests" (
    "shop_id" INTEGER NOT NULL,
    "id" BIGSERIAL NOT NULL,
    "kind" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "customer_id" BIGINT,
    "status" TEXT NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),
    "export" JSONB,

    CONSTRAINT "privacy_requests_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "shops" (
    "id" SERIAL NOT NULL,
    "domain" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'installing',
    "name" TEXT,
    "email" TEXT,
    "currency" TEXT NOT NULL DEFAULT 'USD',
    "time_zone" TEXT NOT NULL DEFAULT 'UTC',
    "locale" TEXT NOT NULL DEFAULT 'en',
    "country" TEXT,
    "storefront_url" TEXT,
    "plan" TEXT,
    "scopes" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "installed_at" TIMESTAMPTZ(3) NOT NULL,
    "uninstalled_at" TIMESTAMPTZ(3),
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "shops_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "shop_settings" (
    "shop_id" INTEGER NOT NULL,
    "cart_delay_minutes" INTEGER NOT NULL DEFAULT 60,
    "sender_name" TEXT,
    "sender_email" TEXT,
    "reply_to" TEXT,
    "postal_address" TEXT,
    "brand_color" TEXT NOT NULL DEFAULT '#2f6f4e',
    "logo_url" TEXT,
    "quiet_hours_start" INTEGER,
    "quiet_hours_end" INTEGER,
    "cap_messages" INTEGER NOT NULL DEFAULT 3,
    "cap_window_hours" INTEGER NOT NULL DEFAULT 72,
    "holdout_percent" INTEGER NOT NULL DEFAULT 0,
    "setup_dismissed_at" TIMESTAMPTZ(3),
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "shop_settings_pkey" PRIMARY KEY ("shop_id")
);

-- CreateTable
CREATE TABLE "backfill_runs" (
    "shop_id" INTEGER NOT NULL,
    "id" BIGSERIAL NOT NULL,
    "kind" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "operation_id" TEXT,
    "result_url" TEXT,
    "since" TIMESTAMPTZ(3),
    "total_objects" INTEGER NOT NULL DEFAULT 0,
    "ingested_lines" INTEGER NOT NULL DEFAULT 0,
    "error" TEXT,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "backfill_runs_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateIndex
CREATE INDEX "carts_by_state" ON "carts"("shop_id", "state", "last_activity_at" DESC);

-- CreateIndex
CREATE INDEX "carts_of_profile" ON "carts"("shop_id", "profile_id", "last_activity_at" DESC);

-- CreateIndex
CREATE INDEX "carts_by_cart_token" ON "carts"("shop_id", "cart_token");

-- CreateIndex
CREATE UNIQUE INDEX "carts_by_public_id" ON "carts"("shop_id", "public_id");

-- CreateIndex
CREATE INDEX "consent_events_of_profile" ON "consent_events"("shop_id", "profile_id", "occurred_at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "consent_events_once" ON "consent_events"("shop_id", "key");

-- CreateIndex
CREATE UNIQUE INDEX "consent_pushes_once" ON "consent_pushes"("shop_id", "profile_id", "occurred_at");

-- CreateIndex
CREATE INDEX "profiles_newest" ON "profiles"("shop_id", "first_seen_at" DESC, "id");

-- CreateIndex
CREATE INDEX "profiles_by_email" ON "profiles"("shop_id", "email");

-- CreateIndex
CREATE UNIQUE INDEX "profiles_by_shopify_customer" ON "profiles"("shop_id", "shopify_customer_id");

-- CreateIndex
CREATE INDEX "profile_identities_of_profile" ON "profile_identities"("shop_id", "profile_id");

-- CreateIndex
CREATE INDEX "profile_traits_by_spend" ON "profile_traits"("shop_id", "net_spend" DESC, "profile_id");

-- CreateIndex
CREATE INDEX "profile_traits_by_last_order" ON "profile_traits"("shop_id", "last_order_at" DESC, "profile_id");

-- CreateIndex
CREATE INDEX "profile_traits_by_orders" ON "profile_traits"("shop_id", "orders_count" DESC, "profile_id");

-- CreateIndex
CREATE INDEX "timeline_events_of_profile" ON "timeline_events"("shop_id", "profile_id", "occurred_at" DESC, "id");

-- CreateIndex
CREATE INDEX "timeline_events_recent" ON "timeline_events"("shop_id", "occurred_at" DESC, "id");

-- CreateIndex
CREATE UNIQUE INDEX "timeline_events_once" ON "timeline_events"("shop_id", "kind", "key");

-- CreateIndex
CREATE INDEX "flow_runs_of_profile" ON "flow_runs"("shop_id", "profile_id");

-- CreateIndex
CREATE UNIQUE INDEX "flow_runs_once" ON "flow_runs"("shop_id", "flow_key", "profile_id", "run_key");

-- CreateIndex
CREATE INDEX "ledger_accounts_of_profile" ON "ledger_accounts"("shop_id", "profile_id");

-- CreateIndex
CREATE INDEX "ledger_transactions_of_order" ON "ledger_transactions"("shop_id", "order_id");

-- CreateIndex
CREATE UNIQUE INDEX "ledger_transactions_once" ON "ledger_transactions"("shop_id", "idempotency_key");

-- CreateIndex
CREATE INDEX "ledger_postings_of_account" ON "ledger_postings"("shop_id", "account_id", "transaction_id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "email_templates_version" ON "email_templates"("shop_id", "key", "locale", "hash");

-- CreateIndex
CREATE INDEX "messages_of_profile" ON "messages"("shop_id", "profile_id", "created_at" DESC);

-- CreateIndex
CREATE INDEX "messages_recent" ON "messages"("shop_id", "created_at" DESC, "id");

-- CreateIndex
CREATE INDEX "messages_by_flow_step" ON "messages"("shop_id", "flow_key", "node_key");

-- CreateIndex
CREATE UNIQUE INDEX "messages_once" ON "messages"("shop_id", "dedupe_key");

-- CreateIndex
CREATE UNIQUE INDEX "messages_by_token" ON "messages"("token");

-- CreateIndex
CREATE INDEX "send_decisions_of_profile" ON "send_decisions"("shop_id", "profile_id", "decided_at" DESC);

-- CreateIndex
CREATE INDEX "orders_of_profile" ON "orders"("shop_id", "profile_id", "processed_at" DESC);

-- CreateIndex
CREATE INDEX "orders_recent" ON "orders"("shop_id", "processed_at" DESC);

-- CreateIndex
CREATE INDEX "orders_by_checkout" ON "orders"("shop_id", "checkout_token");

-- CreateIndex
CREATE INDEX "orders_by_cart" ON "orders"("shop_id", "cart_token");

-- CreateIndex
CREATE INDEX "order_lines_by_product" ON "order_lines"("shop_id", "product_id");

-- CreateIndex
CREATE INDEX "refunds_of_order" ON "refunds"("shop_id", "order_id");

-- CreateIndex
CREATE INDEX "fulfillments_of_order" ON "fulfillments"("shop_id", "order_id");

-- CreateIndex
CREATE INDEX "product_variants_of_product" ON "product_variants"("shop_id", "product_id");

-- CreateIndex
CREATE INDEX "sessions_by_shop" ON "sessions"("shop_domain");

-- CreateIndex
CREATE INDEX "inbox_events_by_shop" ON "inbox_events"("shop_domain", "id");

-- CreateIndex
CREATE UNIQUE INDEX "inbox_events_delivery" ON "inbox_events"("shop_domain", "webhook_id");

-- CreateIndex
CREATE UNIQUE INDEX "privacy_requests_once" ON "privacy_requests"("shop_id", "kind", "key");

-- CreateIndex
CREATE UNIQUE INDEX "shops_domain_key" ON "shops"("domain");

-- CreateIndex
CREATE INDEX "backfill_runs_latest" ON "backfill_runs"("shop_id", "started_at" DESC);

-- AddForeignKey
ALTER TABLE "profile_identities" ADD CONSTRAINT "profile_identities_shop_id_profile_id_fkey" FOREIGN KEY ("shop_id", "profile_id") REFERENCES "profiles"("shop_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "profile_traits" ADD CONSTRAINT "profile_traits_shop_id_profile_id_fkey" FOREIGN KEY ("shop_id", "profile_id") REFERENCES "profiles"("shop_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ledger_postings" ADD CONSTRAINT "ledger_postings_shop_id_transaction_id_fkey" FOREIGN KEY ("shop_id", "transaction_id") REFERENCES "ledger_transactions"("shop_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ledger_postings" ADD CONSTRAINT "ledger_postings_shop_id_account_id_fkey" FOREIGN KEY ("shop_id", "account_id") REFERENCES "ledger_accounts"("shop_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "order_lines" ADD CONSTRAINT "order_lines_shop_id_order_id_fkey" FOREIGN KEY ("shop_id", "order_id") REFERENCES "orders"("shop_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "order_discounts" ADD CONSTRAINT "order_discounts_shop_id_order_id_fkey" FOREIGN KEY ("shop_id", "order_id") REFERENCES "orders"("shop_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "refund_lines" ADD CONSTRAINT "refund_lines_shop_id_refund_id_fkey" FOREIGN KEY ("shop_id", "refund_id") REFERENCES "refunds"("shop_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "product_variants" ADD CONSTRAINT "product_variants_shop_id_product_id_fkey" FOREIGN KEY ("shop_id", "product_id") REFERENCES "products"("shop_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;


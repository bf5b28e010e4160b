/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "preset.h"

#include <ctype.h>
#include <string.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/near.h>
#include <stellwerk/store/import.h>

/*
 * XES event logs written as CSV (IEEE 1849 attribute names, a case's attributes behind "case:").
 * The owner is the group before the person: a silo is a department, not who happened to be on duty.
 */
static const struct preset_column xes_columns[] = {
    { .column = COLUMN_TS, .sources = { "time:timestamp" } },
    { .column = COLUMN_CASE_ID, .sources = { "case:concept:name" } },
    { .column = COLUMN_ACTIVITY, .sources = { "concept:name" } },
    { .column = COLUMN_OWNER,
      .sources = { "org:group", "org:role", "org:resource" },
      .one_for_all = true },
    { .column = COLUMN_CHANNEL, .sources = { "channel", "case:channel" } },
    { .column = COLUMN_OUTCOME, .sources = { "outcome", "case:outcome" } },
    { .column = COLUMN_VALUE, .sources = { "cost:total" } },
    { .column = COLUMN_CURRENCY, .sources = { "cost:currency" } },
};

/*
 * OCEL 2.0 logs (ocel.c): an event's attributes have their own names, which are the store's where
 * they can be; what an event is about stands in a field for each type of object. Which type is the
 * case is for people to say, unless there is but one.
 */
static const struct preset_column ocel_columns[] = {
    { .column = COLUMN_EVENT_ID, .sources = { "ocel_id" } },
    { .column = COLUMN_TS, .sources = { "ocel_time" } },
    { .column = COLUMN_ACTIVITY, .sources = { "ocel_type" } },
    { .column = COLUMN_PERSON_ID,
      .sources = { "object:customer", "object:customers", "object:person", "object:user" } },
    { .column = COLUMN_OWNER,
      .sources = { "org:group", "org:role", "org:resource", "group", "role", "resource" },
      .one_for_all = true },
    { .column = COLUMN_VALUE,
      .sources = { "value", "price", "amount" },
      .one_for_all = true },
};

/*
 * Google Analytics 4, the events_ tables of its BigQuery export. A value comes with its currency in
 * the parameters; event_value_in_usd is Google's conversion of it. What was collected with the
 * event goes before what first brought the user.
 */
static const struct preset_column ga4_columns[] = {
    { .column = COLUMN_TS, .sources = { "event_timestamp" } },
    { .column = COLUMN_ACTIVITY, .sources = { "event_name" } },
    { .column = COLUMN_PERSON_ID, .sources = { "user_id", "user_pseudo_id" } },
    { .column = COLUMN_SESSION_ID,
      .sources = { "event_params.ga_session_id", "event_params_ga_session_id", "ga_session_id" } },
    { .column = COLUMN_CHANNEL,
      .sources = { "platform", "device.category", "device_category" } },
    { .column = COLUMN_CAMPAIGN,
      .sources = { "collected_traffic_source.manual_campaign_name", "event_params.campaign",
                   "collected_traffic_source_manual_campaign_name", "traffic_source.name",
                   "traffic_source_name" } },
    { .column = COLUMN_SOURCE,
      .sources = { "collected_traffic_source.manual_source", "event_params.source",
                   "collected_traffic_source_manual_source", "traffic_source.source",
                   "traffic_source_source" } },
    { .column = COLUMN_MEDIUM,
      .sources = { "collected_traffic_source.manual_medium", "event_params.medium",
                   "collected_traffic_source_manual_medium", "traffic_source.medium",
                   "traffic_source_medium" } },
    { .column = COLUMN_VALUE,
      .sources = { "event_params.value", "event_params_value", "event_value_in_usd" } },
    { .column = COLUMN_CURRENCY, .sources = { "event_params.currency", "event_params_currency" } },
};

/* Adobe Experience Platform: XDM ExperienceEvent with its field groups for channels, marketing and
 * commerce. */
static const struct preset_column xdm_columns[] = {
    { .column = COLUMN_EVENT_ID, .sources = { "_id" } },
    { .column = COLUMN_TS, .sources = { "timestamp" } },
    { .column = COLUMN_ACTIVITY, .sources = { "eventType" } },
    { .column = COLUMN_PERSON_ID,
      .sources = { "identityMap[primary].id", "identityMap.CRMID[0].id", "identityMap.Email[0].id",
                   "identityMap.ECID[0].id", "endUserIDs._experience.mcid.id" } },
    { .column = COLUMN_CHANNEL,
      .sources = { "channel.typeAtSource", "channel._id", "channel._type",
                   "channel.mediaType" } },
    { .column = COLUMN_CAMPAIGN,
      .sources = { "marketing.campaignName", "marketing.campaignGroup",
                   "marketing.trackingCode" } },
    { .column = COLUMN_SOURCE, .sources = { "marketing.source" } },
    { .column = COLUMN_MEDIUM, .sources = { "marketing.medium" } },
    { .column = COLUMN_OWNER, .sources = { "producedBy" } },
    { .column = COLUMN_VALUE,
      .sources = { "commerce.order.priceTotal", "commerce.purchases.value" } },
    { .column = COLUMN_CURRENCY, .sources = { "commerce.order.currencyCode" } },
};

/*
 * Segment and RudderStack: the calls as they are sent (a track has an event, a page or screen a
 * name, the others only their type), and the tables that warehouses make of them.
 */
static const struct preset_column segment_columns[] = {
    { .column = COLUMN_EVENT_ID, .sources = { "messageId", "message_id", "id" } },
    { .column = COLUMN_TS,
      .sources = { "timestamp", "originalTimestamp", "original_timestamp", "sentAt", "sent_at",
                   "receivedAt", "received_at" } },
    { .column = COLUMN_ACTIVITY, .sources = { "event", "event_text", "name", "type" } },
    { .column = COLUMN_PERSON_ID,
      .sources = { "userId", "user_id", "anonymousId", "anonymous_id" } },
    { .column = COLUMN_SESSION_ID, .sources = { "context.sessionId", "context_session_id" } },
    { .column = COLUMN_CHANNEL, .sources = { "channel", "context.channel", "context_channel" } },
    { .column = COLUMN_CAMPAIGN, .sources = { "context.campaign.name", "context_campaign_name" } },
    { .column = COLUMN_SOURCE,
      .sources = { "context.campaign.source", "context_campaign_source" } },
    { .column = COLUMN_MEDIUM,
      .sources = { "context.campaign.medium", "context_campaign_medium" } },
    { .column = COLUMN_VALUE, .sources = { "properties.revenue", "revenue" } },
    { .column = COLUMN_CURRENCY, .sources = { "properties.currency", "currency" } },
};

/* Snowplow's atomic.events, as a table, as the objects of its analytics SDK, or as the enriched
 * stream: 131 fields with tabs between them and nothing that names them. */
static const char snowplow_header[] =
    "app_id platform etl_tstamp collector_tstamp dvce_created_tstamp event event_id "
    "txn_id name_tracker v_tracker v_collector v_etl user_id user_ipaddress "
    "user_fingerprint domain_userid domain_sessionidx network_userid geo_country "
    "geo_region geo_city geo_zipcode geo_latitude geo_longitude geo_region_name ip_isp "
    "ip_organization ip_domain ip_netspeed page_url page_title page_referrer "
    "page_urlscheme page_urlhost page_urlport page_urlpath page_urlquery "
    "page_urlfragment refr_urlscheme refr_urlhost refr_urlport refr_urlpath "
    "refr_urlquery refr_urlfragment refr_medium refr_source refr_term mkt_medium "
    "mkt_source mkt_term mkt_content mkt_campaign contexts se_category se_action "
    "se_label se_property se_value unstruct_event tr_orderid tr_affiliation tr_total "
    "tr_tax tr_shipping tr_city tr_state tr_country ti_orderid ti_sku ti_name "
    "ti_category ti_price ti_quantity pp_xoffset_min pp_xoffset_max pp_yoffset_min "
    "pp_yoffset_max useragent br_name br_family br_version br_type br_renderengine "
    "br_lang br_features_pdf br_features_flash br_features_java br_features_director "
    "br_features_quicktime br_features_realplayer br_features_windowsmedia "
    "br_features_gears br_features_silverlight br_cookies br_colordepth br_viewwidth "
    "br_viewheight os_name os_family os_manufacturer os_timezone dvce_type dvce_ismobile "
    "dvce_screenwidth dvce_screenheight doc_charset doc_width doc_height tr_currency "
    "tr_total_base tr_tax_base tr_shipping_base ti_currency ti_price_base base_currency "
    "geo_timezone mkt_clickid mkt_network etl_tags dvce_sent_tstamp refr_domain_userid "
    "refr_device_tstamp derived_contexts domain_sessionid derived_tstamp event_vendor "
    "event_name event_format event_version event_fingerprint true_tstamp";

static const struct preset_column snowplow_columns[] = {
    { .column = COLUMN_EVENT_ID, .sources = { "event_id" } },
    { .column = COLUMN_TS, .sources = { "derived_tstamp", "collector_tstamp" } },
    { .column = COLUMN_ACTIVITY, .sources = { "event_name", "event" } },
    { .column = COLUMN_PERSON_ID, .sources = { "user_id", "domain_userid", "network_userid" } },
    { .column = COLUMN_SESSION_ID, .sources = { "domain_sessionid" } },
    { .column = COLUMN_CHANNEL, .sources = { "platform", "app_id" } },
    { .column = COLUMN_CAMPAIGN, .sources = { "mkt_campaign" } },
    { .column = COLUMN_SOURCE, .sources = { "mkt_source" } },
    { .column = COLUMN_MEDIUM, .sources = { "mkt_medium" } },
    { .column = COLUMN_VALUE, .sources = { "tr_total" } },
    { .column = COLUMN_CURRENCY, .sources = { "tr_currency" } },
};

/* Path tables as the tools of attribution write and read them: how many journeys went that way,
 * with and without a conversion, and what the conversions brought in. */
static const struct preset_column paths_columns[] = {
    { .column = COLUMN_PATH, .sources = { "path" } },
    { .column = COLUMN_CONVERSIONS, .sources = { "total_conversions", "total_conv" } },
    { .column = COLUMN_VALUE, .sources = { "total_conversion_value", "total_conv_value" } },
    { .column = COLUMN_NULLS, .sources = { "total_null" } },
};

static const struct preset presets[] = {
    {
        .name = "xes",
        .as = IMPORT_EVENTS,
        .signature = { "case:concept:name", "concept:name", "time:timestamp" },
        .columns = xes_columns,
        .column_count = ARRAY_LEN(xes_columns),
        .lower_channels = true,
    },
    {
        .name = "ocel",
        .as = IMPORT_EVENTS,
        .signature = { "ocel_id", "ocel_type", "ocel_time" },
        .columns = ocel_columns,
        .column_count = ARRAY_LEN(ocel_columns),
        .lower_channels = true,
        .case_in_key = true,
    },
    {
        .name = "ga4",
        .as = IMPORT_EVENTS,
        .signature = { "event_timestamp", "event_name", "user_pseudo_id" },
        .columns = ga4_columns,
        .column_count = ARRAY_LEN(ga4_columns),
        .key = { "user_pseudo_id", "event_timestamp", "event_name", "batch_event_index" },
        .lower_channels = true,
    },
    {
        .name = "xdm",
        .as = IMPORT_EVENTS,
        .signature = { "_id", "timestamp", "eventType" },
        .columns = xdm_columns,
        .column_count = ARRAY_LEN(xdm_columns),
        .lower_channels = true,
    },
    {
        .name = "segment",
        .as = IMPORT_EVENTS,
        .signature = { "messageId", "type", "anonymousId" },
        .columns = segment_columns,
        .column_count = ARRAY_LEN(segment_columns),
        .lower_channels = true,
    },
    {
        .name = "rudderstack",
        .as = IMPORT_EVENTS,
        .signature = { "anonymous_id", "received_at", "event" },
        .columns = segment_columns,
        .column_count = ARRAY_LEN(segment_columns),
        .lower_channels = true,
    },
    {
        .name = "snowplow",
        .as = IMPORT_EVENTS,
        .signature = { "event_id", "collector_tstamp", "domain_userid" },
        .header = snowplow_header,
        .columns = snowplow_columns,
        .column_count = ARRAY_LEN(snowplow_columns),
        .lower_channels = true,
    },
    {
        .name = "paths",
        .as = IMPORT_PATHS,
        .signature = { "path", "total_conversions" },
        .columns = paths_columns,
        .column_count = ARRAY_LEN(paths_columns),
    },
};

const struct preset *preset_at(size_t index)
{
    return index < ARRAY_LEN(presets) ? &presets[index] : NULL;
}

const char *import_preset_name(size_t index)
{
    const struct preset *preset = preset_at(index);
    return preset != NULL ? preset->name : NULL;
}

/* "c6ef3124-b53a-4b13-a233-0088f79dcbcb" */
static bool is_uuid(const char *text)
{
    static const char form[] = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
    size_t i = 0;
    while (form[i] != '\0' && (form[i] == '-' ? text[i] == '-' : isxdigit((unsigned char)text[i])))
        i++;
    return form[i] == '\0' && text[i] == '\0';
}

/* Has the record as many fields as there are names, and an id of an event where that belongs? */
static bool lacks_header(const struct record *record, const char *names)
{
    size_t count = 0;
    bool has_id = false;
    for (const char *name = names; *name != '\0'; count++) {
        size_t length = strcspn(name, " ");
        if (count < record->count && length == 8 && strncmp(name, "event_id", length) == 0)
            has_id = is_uuid(record->fields[count]);
        name += length + strspn(name + length, " ");
    }
    return has_id && count == record->count;
}

const char *preset_header(const struct record *record)
{
    for (size_t i = 0; i < ARRAY_LEN(presets); i++)
        if (presets[i].header != NULL && lacks_header(record, presets[i].header))
            return presets[i].header;
    return NULL;
}

const struct preset *preset_find(const char *name)
{
    for (size_t i = 0; i < ARRAY_LEN(presets); i++)
        if (strcmp(presets[i].name, name) == 0)
            return &presets[i];
    return NULL;
}

const char *preset_near(const char *name)
{
    struct near near;
    near_init(&near, name);
    for (size_t i = 0; i < ARRAY_LEN(presets); i++)
        near_offer(&near, presets[i].name);
    return near.best;
}

/* reason.c: the list of reasons. */
#include "client/reason.h"

#include "base/banned.h"

const struct reason REASON_LIST[REASONS] = {
	{"missing", true, "No integration has this name.",
	 "Correct the name, or add an integration of that name to the subscription."},
	{"denied", true, "The project may not use the integration.",
	 "Whoever edits the integration can add the project to its list."},
	{"wrong-type", true, "The integration is of a type that cannot stand in this place.",
	 "Name an integration of a type that fits."},
	{"disabled", true, "The integration is disabled.",
	 "Its page says why; who edits it can enable it."},
	{"withdrawn", true, "The owner of the integration took the consent back.",
	 "An admin of the subscription can rebind it."},
	{"erased", true, "The owner of the integration deleted what it was bound to.",
	 "An admin of the subscription can rebind it."},
	{"paused", true, "The owner of the integration disabled what it is bound to.",
	 "Ask its owner, or have an admin of the subscription rebind it."},
	{"owner-left", false, "The owner of the integration left the subscription.",
	 "It works until the days of grace are over; an admin should rebind it before."},
	{"dynamic", false, "A variable names the integration.",
	 "Which one that is shows only at run time."},
	{"not-connected", false, "The last check of the integration failed.",
	 "Its page says what the service answered."},
	{"unreadable", true, "The file cannot be read.",
	 "Mend it at the line that the message names."},
};

size_t reason_at(struct span slug)
{
	size_t k = 0;

	while (k < REASONS && !span_is(slug, REASON_LIST[k].slug))
		k++;
	return k;
}

static void set_all(struct reason_set *out, bool fails)
{
	for (size_t k = 0; k < REASONS; k++)
		out->has[k] = fails;
	out->others = fails;
}

int reason_set_parse(const char *text, struct reason_set *out, struct span *wrong)
{
	struct span rest = span_str(text), piece;

	*wrong = SPAN_NONE;
	set_all(out, !text || span_is(rest, "all"));
	for (size_t k = 0; !text && k < REASONS; k++)
		out->has[k] = REASON_LIST[k].fails;
	out->has[reason_at(SPAN("unreadable"))] = true;
	if (!text || span_is(rest, "all") || span_is(rest, "none"))
		return OK;
	*wrong = rest; /* for "", of which there is no piece */
	while (span_cut(&rest, ',', &piece)) {
		*wrong = span_trim(piece);
		if (reason_at(*wrong) == REASONS)
			return E_INVALID;
		out->has[reason_at(*wrong)] = true;
	}
	return wrong->n ? OK : E_INVALID;
}

bool reason_set_has(const struct reason_set *set, struct span slug)
{
	size_t at = reason_at(slug);

	return at < REASONS ? set->has[at] : set->others;
}

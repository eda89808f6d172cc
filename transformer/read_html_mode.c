/* SPDX-License-Identifier: Apache-2.0 */
/*
 * read_html_mode - whether tags are in the body or between cells of a table.
 *
 * What gumbo makes of text and of a <span> depends on its insertion mode.
 * This follows the modes from tag to tag as far as they matter and can be
 * known: HTML_IN_BODY is said only where gumbo is "in body", "in cell" or
 * "in caption" for sure.  A table is left by </table> alone, for no other
 * end tag reaches out of a cell.
 */
#include "transformer/read_html.h"

static void start(struct html_mode *m, GumboTag tag)
{
    switch ((int)tag) {
    case GUMBO_TAG_TD:
    case GUMBO_TAG_TH:
    case GUMBO_TAG_CAPTION:
        /* Wherever it is, its content is in a cell, or the tag is ignored
         * in the body; but a <select> ignores it and stays. */
        if (m->is == HTML_ANYWHERE) {
            if (m->in_select || tag == GUMBO_TAG_CAPTION)
                return;
            m->depth = 0;
            m->in_table = true;
        }
        if (m->is != HTML_BEFORE || tag != GUMBO_TAG_CAPTION)
            m->is = HTML_IN_BODY;
        return;
    case GUMBO_TAG_TABLE:
        if (m->is == HTML_IN_TABLE)
            m->is = HTML_ANYWHERE;
        if (m->is == HTML_ANYWHERE)
            return;
        m->depth++;
        m->is = HTML_IN_TABLE;
        return;
    case GUMBO_TAG_TR:
    case GUMBO_TAG_TBODY:
    case GUMBO_TAG_THEAD:
    case GUMBO_TAG_TFOOT:
    case GUMBO_TAG_COL:
    case GUMBO_TAG_COLGROUP:
        if (m->is == HTML_IN_BODY)
            m->is = HTML_IN_TABLE;
        return;
    case GUMBO_TAG_SELECT:
        m->is = HTML_ANYWHERE;
        m->in_select = true;
        return;
    case GUMBO_TAG_BODY:
    case GUMBO_TAG_P:
    case GUMBO_TAG_DIV:
    case GUMBO_TAG_H1:
    case GUMBO_TAG_H2:
    case GUMBO_TAG_H3:
    case GUMBO_TAG_CENTER:
    case GUMBO_TAG_UL:
        if (m->is == HTML_BEFORE)
            m->is = HTML_IN_BODY;
        return;
    default:
        return;
    }
}

static void end(struct html_mode *m, GumboTag tag)
{
    switch ((int)tag) {
    case GUMBO_TAG_TABLE:
        if (m->is != HTML_IN_BODY && m->is != HTML_IN_TABLE)
            return;
        m->is = HTML_IN_BODY;
        if (m->depth)
            m->depth--;
        else if (m->in_table)
            m->is = HTML_ANYWHERE;
        return;
    case GUMBO_TAG_TD:
    case GUMBO_TAG_TH:
    case GUMBO_TAG_CAPTION:
    case GUMBO_TAG_TR:
    case GUMBO_TAG_TBODY:
    case GUMBO_TAG_THEAD:
    case GUMBO_TAG_TFOOT:
        /* Or ignored: it does no harm to know less. */
        if (m->is == HTML_IN_BODY)
            m->is = HTML_IN_TABLE;
        return;
    case GUMBO_TAG_BODY:
    case GUMBO_TAG_HTML:
        m->is = HTML_ANYWHERE;
        return;
    case GUMBO_TAG_SELECT:
        m->in_select = false;
        return;
    default:
        return;
    }
}

void html_mode_token(struct html_mode *m, const struct html_token *token)
{
    if (token->kind == HTML_START)
        start(m, token->tag);
    else if (token->kind == HTML_END)
        end(m, token->tag);
}

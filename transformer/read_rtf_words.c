/* SPDX-License-Identifier: Apache-2.0 */
/*
 * read_rtf_words - the words that matter.
 *
 * Groups that nobody sees are named here unless a star before them says
 * that those who do not know them pass over them.
 */
#include <stdlib.h>

#include "transformer/read_rtf.h"

struct word {
    /* cppcheck-suppress unusedStructMember ; bsearch's order reads it */
    const char *name;
    enum rtf_word is;
    uint32_t c;
};

/* In order of name. */
static const struct word words[] = {
    { "aftncn", RTF_SKIP, 0 },
    { "aftnsep", RTF_SKIP, 0 },
    { "aftnsepc", RTF_SKIP, 0 },
    { "annotation", RTF_SKIP, 0 },
    { "ansicpg", RTF_CODEPAGE, 0 },
    { "atnauthor", RTF_SKIP, 0 },
    { "atnicn", RTF_SKIP, 0 },
    { "atnid", RTF_SKIP, 0 },
    { "atnref", RTF_SKIP, 0 },
    { "atntime", RTF_SKIP, 0 },
    { "author", RTF_SKIP, 0 },
    { "bullet", RTF_CHAR, 0x2022 },
    { "buptim", RTF_SKIP, 0 },
    { "category", RTF_SKIP, 0 },
    { "cell", RTF_CELL, 0 },
    { "cellx", RTF_CELL_END, 0 },
    { "clmgf", RTF_ACROSS_FIRST, 0 },
    { "clmrg", RTF_ACROSS_NEXT, 0 },
    { "clvmgf", RTF_DOWN_FIRST, 0 },
    { "clvmrg", RTF_DOWN_NEXT, 0 },
    { "colortbl", RTF_SKIP, 0 },
    { "column", RTF_CHAR, '\n' },
    { "comment", RTF_SKIP, 0 },
    { "company", RTF_SKIP, 0 },
    { "cpg", RTF_FONT_CODEPAGE, 0 },
    { "creatim", RTF_SKIP, 0 },
    { "datafield", RTF_SKIP, 0 },
    { "deff", RTF_DEFAULT_FONT, 0 },
    { "deleted", RTF_DELETED, 0 },
    { "do", RTF_SHAPE, 0 },
    { "doccomm", RTF_SKIP, 0 },
    { "docvar", RTF_SKIP, 0 },
    { "dptxbxtext", RTF_BOX, 0 },
    { "emdash", RTF_CHAR, 0x2014 },
    { "emspace", RTF_CHAR, 0x2003 },
    { "endash", RTF_CHAR, 0x2013 },
    { "enspace", RTF_CHAR, 0x2002 },
    { "f", RTF_FONT, 0 },
    { "fcharset", RTF_FONT_CHARSET, 0 },
    { "filetbl", RTF_SKIP, 0 },
    { "fldinst", RTF_SKIP, 0 },
    { "fonttbl", RTF_FONTS, 0 },
    { "footer", RTF_SKIP, 0 },
    { "footerf", RTF_SKIP, 0 },
    { "footerl", RTF_SKIP, 0 },
    { "footerr", RTF_SKIP, 0 },
    { "footnote", RTF_SKIP, 0 },
    { "ftncn", RTF_SKIP, 0 },
    { "ftnsep", RTF_SKIP, 0 },
    { "ftnsepc", RTF_SKIP, 0 },
    { "header", RTF_SKIP, 0 },
    { "headerf", RTF_SKIP, 0 },
    { "headerl", RTF_SKIP, 0 },
    { "headerr", RTF_SKIP, 0 },
    { "hlinkbase", RTF_SKIP, 0 },
    { "info", RTF_INFO, 0 },
    { "intbl", RTF_IN_TABLE, 0 },
    { "itap", RTF_DEPTH, 0 },
    { "keywords", RTF_SKIP, 0 },
    { "lbr", RTF_CHAR, '\n' },
    { "ldblquote", RTF_CHAR, 0x201c },
    { "line", RTF_CHAR, '\n' },
    { "lquote", RTF_CHAR, 0x2018 },
    { "manager", RTF_SKIP, 0 },
    { "mathPict", RTF_SKIP, 0 },
    { "moMath", RTF_PLAIN_GROUP, 0 },
    { "moMathPara", RTF_PLAIN_GROUP, 0 },
    { "nestcell", RTF_NEST_CELL, 0 },
    { "nestrow", RTF_NEST_ROW, 0 },
    { "nesttableprops", RTF_NEST_PROPS, 0 },
    { "nextfile", RTF_SKIP, 0 },
    { "nonesttables", RTF_SKIP, 0 },
    { "nonshppict", RTF_SKIP, 0 },
    { "nosupersub", RTF_NOT_RAISED, 0 },
    { "objalias", RTF_SKIP, 0 },
    { "objclass", RTF_SKIP, 0 },
    { "objdata", RTF_SKIP, 0 },
    { "objname", RTF_SKIP, 0 },
    { "objsect", RTF_SKIP, 0 },
    { "operator", RTF_SKIP, 0 },
    { "outlinelevel", RTF_OUTLINE, 0 },
    { "page", RTF_CHAR, '\n' },
    { "par", RTF_PAR, 0 },
    { "pard", RTF_PARD, 0 },
    { "pict", RTF_SKIP, 0 },
    { "plain", RTF_PLAIN, 0 },
    { "pntxta", RTF_SKIP, 0 },
    { "pntxtb", RTF_SKIP, 0 },
    { "printim", RTF_SKIP, 0 },
    { "private", RTF_SKIP, 0 },
    { "qmspace", RTF_CHAR, 0x2005 },
    { "rdblquote", RTF_CHAR, 0x201d },
    { "revtbl", RTF_SKIP, 0 },
    { "revtim", RTF_SKIP, 0 },
    { "row", RTF_ROW, 0 },
    { "rquote", RTF_CHAR, 0x2019 },
    { "rxe", RTF_SKIP, 0 },
    { "s", RTF_STYLE, 0 },
    { "sect", RTF_PAR, 0 },
    { "shpinst", RTF_SHAPE, 0 },
    { "shprslt", RTF_SKIP, 0 },
    { "shptxt", RTF_BOX, 0 },
    { "sn", RTF_SKIP, 0 },
    { "softline", RTF_CHAR, '\n' },
    { "sp", RTF_SKIP, 0 },
    { "strike", RTF_STRUCK, 0 },
    { "striked", RTF_STRUCK_TWICE, 0 },
    { "stylesheet", RTF_STYLES, 0 },
    { "sub", RTF_RAISED, 0 },
    { "subject", RTF_SKIP, 0 },
    { "super", RTF_RAISED, 0 },
    { "sv", RTF_SKIP, 0 },
    { "tab", RTF_CHAR, '\t' },
    { "tc", RTF_SKIP, 0 },
    { "tcn", RTF_SKIP, 0 },
    { "template", RTF_SKIP, 0 },
    { "title", RTF_TITLE, 0 },
    { "trleft", RTF_ROW_LEFT, 0 },
    { "trowd", RTF_ROW_BEGIN, 0 },
    { "txe", RTF_SKIP, 0 },
    { "u", RTF_UNICODE, 0 },
    { "uc", RTF_FALLBACK, 0 },
    { "ud", RTF_SKIP, 0 },
    { "v", RTF_HIDDEN, 0 },
    { "xe", RTF_SKIP, 0 },
};

static int compare_word(const void *key, const void *word)
{
    const struct slice *name = key;
    const char *other = ((const struct word *)word)->name;
    int order = strncmp(name->p, other, name->len);

    return order ? order : -(other[name->len] != '\0');
}

enum rtf_word rtf_word_of(struct slice name, uint32_t *c)
{
    const struct word *w = bsearch(&name, words,
        sizeof(words) / sizeof(words[0]), sizeof(words[0]), compare_word);

    *c = w ? w->c : 0;
    return w ? w->is : RTF_OTHER;
}

/* Rules of the unwind tables, as unwind.c uses them and unwind-table.c reads them. */
#ifndef REFSCOPE_UNWIND_H
#define REFSCOPE_UNWIND_H
#include "watch.h"

/* The frame's address is register + offset, or the word that stands there. */
enum { RULE_NONE, RULE_OFFSET, RULE_DEREFERENCE };

/* unwind-table.c: the rule of an instruction; none where the table does not say, or says something rare. */
void rule_read(const WatchModule *module, u64 address, Rule *rule);
/* Where the module keeps its search table; 0 when it has none. */
int module_table(WatchModule *module);

#endif

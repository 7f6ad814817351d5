// In the place of Dear ImGui's imgui_tables.cpp: Floodlight has neither its tables nor its columns, and 8 KB less to fetch
// before the first picture. These are the functions that Dear ImGui's other files call for the tables and columns that
// there are.
#include "imgui_internal.h"

namespace ImGui {

void EndTable() {}
void EndColumns() {}
void PushColumnsBackground() {}
void PopColumnsBackground() {}
void TableEndRow(ImGuiTable* /*table*/) {}
void TableEndCell(ImGuiTable* /*table*/) {}
void TablePushColumnChannel(int /*column*/) {}
void TablePopColumnChannel() {}
void TablePushBackgroundChannel() {}
void TablePopBackgroundChannel() {}
void TableGcCompactTransientBuffers(ImGuiTable* /*table*/) {}
void TableGcCompactTransientBuffers(ImGuiTableTempData* /*table*/) {}
void TableGcCompactSettings() {}
void TableSettingsAddSettingsHandler() {}

}  // namespace ImGui
